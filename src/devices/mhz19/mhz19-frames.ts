/**
 * The frames of Winsen's MH-Z19B and MH-Z19C: 9 bytes each (MH-Z19B manual V1.0 and MH-Z19C manual V1.0, chapter "Communication"; ESPHome's
 * mhz19.cpp has the same ones).
 */

/** A frame whose last byte makes the sum of all bytes after the first 0 (the manual's "checksum calculation method"). */
function frame(...bytes: readonly number[]): readonly number[] {
  return [0xff, ...bytes, checksum(bytes)];
}

function checksum(bytes: readonly number[]): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}

const word = (value: number) => [value >> 8, value & 0xff] as const;

/** Command 0x86 to sensor 1: asks for the concentration. */
export const askForCo2 = frame(0x01, 0x86, 0, 0, 0, 0, 0);

/** Command 0x79: whether the sensor takes the lowest value of each day for 400 ppm. */
export function setBaselineCalibration(on: boolean): readonly number[] {
  return frame(0x01, 0x79, on ? 0xa0 : 0x00, 0, 0, 0, 0);
}

/** Command 0x99: the highest value, in ppm, in the last two bytes, where libraries have it too. */
export function setDetectionRange(ppm: number): readonly number[] {
  return frame(0x01, 0x99, 0, 0, 0, ...word(ppm));
}

/** The answer to {@link askForCo2}, for the simulation. */
export function co2Answer(ppm: number): readonly number[] {
  return frame(0x86, ...word(Math.round(ppm)), 0, 0, 0, 0);
}

/** The concentration in ppm of the first whole answer in these bytes. Undefined if there is none with a right checksum. */
export function findCo2(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + 9 <= bytes.length; at += 1) {
    const [start, command, high = 0, low = 0, ...rest] = bytes.subarray(at, at + 9);
    if (start !== 0xff || command !== 0x86) continue;
    if (rest.pop() === checksum([command, high, low, ...rest])) return high * 256 + low;
  }
  return undefined;
}
