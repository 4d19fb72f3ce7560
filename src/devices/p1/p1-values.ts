import { mbusMeasures, p1Measures } from "./p1-measures.ts";
import type { Telegram } from "./telegram.ts";

/** What each unit that a meter writes is in the unit of its measure: kW are published as W. */
const factors: Readonly<Record<string, number>> = {
  kWh: 1,
  Wh: 0.001,
  kW: 1_000,
  W: 1,
  V: 1,
  A: 1,
  mA: 0.001,
  m3: 1,
  dm3: 0.001,
};

/** The number in a value such as "001234.567*kWh" or "0002". NaN for anything else. */
function numberIn(written: string | undefined): number {
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?)(?:\*(\w+))?$/.exec(written ?? "") ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * (unit === undefined ? 1 : (factors[unit] ?? Number.NaN));
}

/** The last of an object's values: a time may stand before it. */
const lastValue = (telegram: Telegram, code: string) => numberIn(telegram.get(code)?.at(-1));

/** The value of a measure, in its unit. NaN where the meter does not give it. */
export function valueIn(telegram: Telegram, name: keyof typeof p1Measures): number {
  const measure = p1Measures[name];
  if (!("orSumOf" in measure) || telegram.has(measure.code)) return lastValue(telegram, measure.code);
  return measure.orSumOf.map((code) => lastValue(telegram, code)).reduce((sum, value) => sum + value, 0);
}

/**
 * The value of an M-Bus meter in m³. Each channel from 1 to 4 says of what type its meter is. A meter that was replaced stays as an older
 * channel: the newest reading counts, unless a channel was chosen. NaN where there is none.
 */
export function mbusValueIn(telegram: Telegram, name: keyof typeof mbusMeasures, chosen: number | undefined): number {
  const { type, codes } = mbusMeasures[name];
  const readings = [1, 2, 3, 4]
    .filter((channel) =>
      chosen === undefined ? numberIn(telegram.get(`0-${channel}:24.1.0`)?.[0]) === type : channel === chosen,
    )
    .flatMap((channel) => codes.map((code) => telegram.get(`0-${channel}:${code}`) ?? []))
    // A channel that never got a reading has an impossible time, such as 632525252525S.
    .filter(([time = ""]) => /^\d\d(0\d|1[0-2])[0-3]\d[0-2]\d[0-5]\d[0-5]\d[SW]?$/.test(time))
    .sort(([one = ""], [other = ""]) => (one < other ? 1 : -1));
  return numberIn(readings[0]?.[1]);
}
