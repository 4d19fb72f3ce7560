import { beginsWith, type Seen } from "../../core/readers/serial/frames.ts";

/**
 * The reports of Plantower's sensors: 42 4D, the number of bytes that follow, words with the high byte first, and as the last word the sum
 * of all bytes before (PMS5003 data manual V2.3, appendix I; PMS7003 V2.5, PMS3003). The words 4 to 6 are the concentrations in air. ESPHome's
 * pmsx003.cpp has the same lengths and places, and the same 30 s until it is stable.
 */

/** What it measures, in µg/m³. */
export interface Particles {
  readonly pm1: number;
  readonly pm25: number;
  readonly pm10: number;
}

const start = [0x42, 0x4d];
/** The bytes that follow: PMS3003; PMS5003, PMS7003, PMSA003 and PMS5003T; PMS5003ST. */
const lengths = [20, 28, 36];

const wordAt = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** Finds a report at the beginning of bytes. */
export function seeParticles(bytes: Uint8Array): Seen<Particles> {
  if (beginsWith(bytes, start) === false) return "nothing";
  if (bytes.length < 4) return bytes.length === 3 && bytes[2] !== 0 ? "nothing" : "incomplete";
  const following = wordAt(bytes, 2);
  if (!lengths.includes(following)) return "nothing";
  const length = 4 + following;
  if (bytes.length < length) return "incomplete";
  const sum = bytes.subarray(0, length - 2).reduce((all, byte) => all + byte, 0) & 0xffff;
  if (wordAt(bytes, length - 2) !== sum) return "nothing";
  return { frame: { pm1: wordAt(bytes, 10), pm25: wordAt(bytes, 12), pm10: wordAt(bytes, 14) }, length };
}

/** A report of a PMS5003, for the simulation. */
export function particleReport({ pm1, pm25, pm10 }: Particles): readonly number[] {
  const air = [pm1, pm25, pm10].map(Math.round);
  const words = [0x424d, 28, ...air, ...air, 0, 0, 0, 0, 0, 0, 0x9700];
  const bytes = words.flatMap((word) => [word >> 8, word & 0xff]);
  const sum = bytes.reduce((all, byte) => all + byte, 0);
  return [...bytes, (sum >> 8) & 0xff, sum & 0xff];
}
