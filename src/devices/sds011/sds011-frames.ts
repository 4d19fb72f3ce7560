import { beginsWith, type Seen } from "../../core/readers/serial/frames.ts";

/** The frames of Nova Fitness' SDS011 ("Laser Dust Sensor Control Protocol V1.3"). */

/** What it measures, in µg/m³. */
export interface Dust {
  readonly pm25: number;
  readonly pm10: number;
}

const start = [0xaa, 0xc0];
const end = 0xab;
const length = 10;

const sumOf = (bytes: Iterable<number>) => [...bytes].reduce((sum, byte) => sum + byte, 0) & 0xff;

/** Finds a report at the beginning of bytes: AA C0, PM2.5 and PM10 in tenths with the low byte first, two bytes of id, their sum, AB. */
export function seeDust(bytes: Uint8Array): Seen<Dust> {
  if (beginsWith(bytes, start) === false) return "nothing";
  if (bytes.length < length) return "incomplete";
  const data = bytes.subarray(2, 8);
  if (bytes[8] !== sumOf(data) || bytes[9] !== end) return "nothing";
  const [low25 = 0, high25 = 0, low10 = 0, high10 = 0] = data;
  return { frame: { pm25: (high25 * 256 + low25) / 10, pm10: (high10 * 256 + low10) / 10 }, length };
}

/** A report, for the simulation. */
export function dustReport({ pm25, pm10 }: Dust): readonly number[] {
  const data = [pm25, pm10].flatMap((value) => [Math.round(value * 10) & 0xff, Math.round(value * 10) >> 8]);
  return [...start, ...data, 0x12, 0x34, sumOf([...data, 0x12, 0x34]), end];
}

/**
 * Command 8, to whatever sensor there is: works for 30 s and sleeps for the rest of so many minutes, from 1 to 30; 0: works all the time.
 * The sensor keeps it without supply.
 */
export function setWorkingPeriod(minutes: number): readonly number[] {
  const data = [8, 1, minutes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
  return [0xaa, 0xb4, ...data.slice(0, 13), 0xff, 0xff, sumOf(data), end];
}
