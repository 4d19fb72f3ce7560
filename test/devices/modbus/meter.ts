import { FakeClock } from "../../fakes/clock.ts";
import { FakeSerial } from "../../fakes/serial.ts";

/** The checksum of Modbus, as its specification shows it: bit by bit (MODBUS over Serial Line V1.02, appendix B). */
export function withCrc(bytes: readonly number[]): readonly number[] {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = crc % 2 === 1;
      crc = Math.floor(crc / 2);
      if (isOdd) crc ^= 0xa001;
    }
  }
  return [...bytes, crc % 256, Math.floor(crc / 256)];
}

/** A request, taken apart. */
export interface Asked {
  readonly unit: number;
  readonly code: number;
  readonly start: number;
  readonly count: number;
  readonly atMs: number;
}

/** A line with a clock, and meters that answer after `afterMs` milliseconds what `answer` says: the bytes between function and checksum. */
export function meterLine(answer: (asked: Asked) => readonly number[] | undefined, afterMs = 20) {
  const serial = new FakeSerial();
  const clock = new FakeClock();
  const asked: Asked[] = [];
  const answeredAtMs: number[] = [];
  serial.onWrite = ([unit = 0, code = 0, a = 0, b = 0, c = 0, d = 0]) => {
    const request = { unit, code, start: a * 256 + b, count: c * 256 + d, atMs: clock.monotonicMs() };
    asked.push(request);
    const bytes = answer(request);
    if (bytes === undefined) return;
    clock.after(afterMs, () => {
      answeredAtMs.push(clock.monotonicMs());
      serial.say(withCrc([unit, code, bytes.length, ...bytes]));
    });
  };
  return { serial, clock, asked, answeredAtMs };
}

/** A device of the kind modbus with these measures, in the brackets of a devices.yaml. */
export const device = (measures: string, more = "") => `kind: modbus, port: /dev/ttyS9, ${more}measures: {${measures}}`;
