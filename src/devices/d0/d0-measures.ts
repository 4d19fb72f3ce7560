import { quantity } from "../../core/readers/quantity.ts";
import { type MeterMeasure, standing } from "../../core/readers/serial/measure-list.ts";
import { around } from "../../core/simulation/pretend.ts";
import type { D0Telegram } from "./d0-telegram.ts";

/**
 * A measure, and the codes of its object: the first one that the meter gives (BDEW OBIS-Kennzahlen-System 2.4). Some
 * Easymeters Q3D write 255 as the last number of the code of a power, as in 1-0:1.7.255*255, where others write 0.
 */
interface CodedMeasure extends MeterMeasure {
  readonly codes: readonly [string, ...string[]];
  /** The tariffs that are added up where a meter does not give their sum. */
  readonly orSumOf?: readonly string[];
  /** The power to the grid, which is taken off where the meter gives it, and not {@link codes}'s first, which is their difference. */
  readonly less?: string;
}

const energy = { ...quantity.energy, range: [0, 99_999_999] } as const;
/** Negative where more goes to the grid than comes from it. */
const power = { ...quantity.power, digits: 0, range: [-100_000, 100_000] } as const;
const voltage = { ...quantity.voltage, digits: 1, range: [0, 500] } as const;
const current = { ...quantity.current, digits: 2, range: [-200, 200] } as const;

/** What a meter may give. The names are those of the kinds p1 and sml: delivered is what comes from the grid, returned what goes to it. */
export const d0Measures = {
  energy_delivered: { ...energy, codes: ["1.8.0"], orSumOf: ["1.8.1", "1.8.2"], simulated: standing(8_731.25) },
  energy_delivered_tariff1: {
    ...energy,
    name: "Energy delivered tariff 1",
    codes: ["1.8.1"],
    simulated: standing(5_000.1),
  },
  energy_delivered_tariff2: {
    ...energy,
    name: "Energy delivered tariff 2",
    codes: ["1.8.2"],
    simulated: standing(3_731.15),
  },
  energy_returned: { ...energy, codes: ["2.8.0"], orSumOf: ["2.8.1", "2.8.2"], simulated: standing(410.5) },
  power: { ...power, codes: ["16.7.0", "1.7.0", "1.7.255"], less: "2.7.0", simulated: around(420, 380, 240_000) },
  power_l1: {
    ...power,
    name: "Power L1",
    codes: ["36.7.0", "21.7.0", "21.7.255"],
    less: "22.7.0",
    simulated: around(150, 120, 240_000),
  },
  power_l2: {
    ...power,
    name: "Power L2",
    codes: ["56.7.0", "41.7.0", "41.7.255"],
    less: "42.7.0",
    simulated: around(170, 150, 200_000),
  },
  power_l3: {
    ...power,
    name: "Power L3",
    codes: ["76.7.0", "61.7.0", "61.7.255"],
    less: "62.7.0",
    simulated: around(100, 80, 300_000),
  },
  voltage_l1: { ...voltage, name: "Voltage L1", codes: ["32.7.0"], simulated: around(231, 3, 400_000) },
  voltage_l2: { ...voltage, name: "Voltage L2", codes: ["52.7.0"], simulated: around(230, 3, 400_000) },
  voltage_l3: { ...voltage, name: "Voltage L3", codes: ["72.7.0"], simulated: around(232, 3, 400_000) },
  current_l1: { ...current, name: "Current L1", codes: ["31.7.0"], simulated: around(0.7, 0.5, 240_000) },
  current_l2: { ...current, name: "Current L2", codes: ["51.7.0"], simulated: around(0.8, 0.6, 200_000) },
  current_l3: { ...current, name: "Current L3", codes: ["71.7.0"], simulated: around(0.5, 0.3, 300_000) },
} as const satisfies Readonly<Record<string, CodedMeasure>>;

/** The name of one of {@link d0Measures}. */
export type D0Name = keyof typeof d0Measures;

/** What each unit that a meter writes is in the unit of its measure. */
const factors: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kWh: { kWh: 1, Wh: 0.001 },
  W: { W: 1, kW: 1_000 },
  V: { V: 1 },
  A: { A: 1, mA: 0.001 },
};

/** The value of a measure in its unit. NaN where the meter does not give it, or gives it in another unit. */
export function d0Value(telegram: D0Telegram, name: D0Name): number {
  const { codes, orSumOf = [], less, unit = "" }: CodedMeasure = d0Measures[name];
  const code = codes.find((one) => telegram.has(one));
  if (code === undefined && orSumOf.length > 0)
    return orSumOf.map((tariff) => numberIn(telegram.get(tariff), unit)).reduce((sum, value) => sum + value, 0);
  const value = numberIn(telegram.get(code ?? ""), unit);
  return less === undefined || code === codes[0] || !telegram.has(less)
    ? value
    : value - numberIn(telegram.get(less), unit);
}

/** The number in a value such as "000336.45*W", in this unit. NaN for anything else. */
function numberIn(written: string | undefined, unit: string): number {
  const [, digits, of = ""] = /^(-?\d+(?:\.\d+)?)\*(\w+)$/.exec(written ?? "") ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * (factors[unit]?.[of] ?? Number.NaN);
}

/** The objects of a meter with these values, for the simulation. */
export function d0Objects(values: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { codes, unit } = d0Measures[name as D0Name];
      const sign = value < 0 ? "-" : "";
      return [codes[0], `${sign}${Math.abs(value).toFixed(4).padStart(13, "0")}*${unit}`];
    }),
  );
}
