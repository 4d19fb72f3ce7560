import { quantity } from "../../core/readers/quantity.ts";
import { type MeterMeasure, standing } from "../../core/readers/serial/measure-list.ts";
import { around } from "../../core/simulation/pretend.ts";
import type { SmlValue } from "./sml-values.ts";

/** A measure, its OBIS code (BDEW OBIS-Kennzahlen-System 2.4), and the unit that it must have. */
interface CodedMeasure extends MeterMeasure {
  readonly code: string;
  /** What is added up where a meter does not give that: some give their energy by tariff only, such as a DZG DVS7420.2 of a heat pump. */
  readonly orSumOf?: readonly string[];
  /** The powers from and to the grid, of meters that do not give their difference: an EMH eHZ-GW8 has 1.7.0 only. */
  readonly orDifferenceOf?: readonly [from: string, to: string];
  /** By DLMS's number: 27 W, 30 Wh, 33 A, 35 V, 44 Hz. */
  readonly dlmsUnit: number;
  /** By which a value in that unit is divided. */
  readonly divisor?: number;
}

const energy = { ...quantity.energy, range: [0, 99_999_999], dlmsUnit: 30, divisor: 1_000 } as const;
/** Negative where more goes to the grid than comes from it. */
const power = { ...quantity.power, digits: 0, range: [-100_000, 100_000], dlmsUnit: 27 } as const;
const voltage = { ...quantity.voltage, digits: 1, range: [0, 500], dlmsUnit: 35 } as const;
const current = { ...quantity.current, digits: 2, range: [-200, 200], dlmsUnit: 33 } as const;

/** What a meter may give. The names are those of the kind p1: delivered is what comes from the grid, returned what goes to it. */
export const smlMeasures = {
  energy_delivered: {
    ...energy,
    code: "1-0:1.8.0",
    orSumOf: ["1-0:1.8.1", "1-0:1.8.2"],
    simulated: standing(8_731.25),
  },
  energy_delivered_tariff1: {
    ...energy,
    name: "Energy delivered tariff 1",
    code: "1-0:1.8.1",
    simulated: standing(5_000.1),
  },
  energy_delivered_tariff2: {
    ...energy,
    name: "Energy delivered tariff 2",
    code: "1-0:1.8.2",
    simulated: standing(3_731.15),
  },
  energy_returned: { ...energy, code: "1-0:2.8.0", orSumOf: ["1-0:2.8.1", "1-0:2.8.2"], simulated: standing(410.5) },
  energy_returned_tariff1: {
    ...energy,
    name: "Energy returned tariff 1",
    code: "1-0:2.8.1",
    simulated: standing(400.25),
  },
  energy_returned_tariff2: {
    ...energy,
    name: "Energy returned tariff 2",
    code: "1-0:2.8.2",
    simulated: standing(10.25),
  },
  power: {
    ...power,
    code: "1-0:16.7.0",
    orDifferenceOf: ["1-0:1.7.0", "1-0:2.7.0"],
    simulated: around(420, 380, 240_000),
  },
  power_l1: {
    ...power,
    name: "Power L1",
    code: "1-0:36.7.0",
    orDifferenceOf: ["1-0:21.7.0", "1-0:22.7.0"],
    simulated: around(150, 120, 240_000),
  },
  power_l2: {
    ...power,
    name: "Power L2",
    code: "1-0:56.7.0",
    orDifferenceOf: ["1-0:41.7.0", "1-0:42.7.0"],
    simulated: around(170, 150, 200_000),
  },
  power_l3: {
    ...power,
    name: "Power L3",
    code: "1-0:76.7.0",
    orDifferenceOf: ["1-0:61.7.0", "1-0:62.7.0"],
    simulated: around(100, 80, 300_000),
  },
  voltage_l1: { ...voltage, name: "Voltage L1", code: "1-0:32.7.0", simulated: around(231, 3, 400_000) },
  voltage_l2: { ...voltage, name: "Voltage L2", code: "1-0:52.7.0", simulated: around(230, 3, 400_000) },
  voltage_l3: { ...voltage, name: "Voltage L3", code: "1-0:72.7.0", simulated: around(232, 3, 400_000) },
  current_l1: { ...current, name: "Current L1", code: "1-0:31.7.0", simulated: around(0.7, 0.5, 240_000) },
  current_l2: { ...current, name: "Current L2", code: "1-0:51.7.0", simulated: around(0.8, 0.6, 200_000) },
  current_l3: { ...current, name: "Current L3", code: "1-0:71.7.0", simulated: around(0.5, 0.3, 300_000) },
  frequency: {
    unit: "Hz",
    device_class: "frequency",
    digits: 1,
    range: [40, 70],
    dlmsUnit: 44,
    code: "1-0:14.7.0",
    simulated: around(50, 0.1, 100_000),
  },
} as const satisfies Readonly<Record<string, CodedMeasure>>;

/** The name of one of {@link smlMeasures}. */
export type SmlName = keyof typeof smlMeasures;

/** The value of a measure in its unit. NaN where the meter does not give it, or gives it in another unit. */
export function smlValue(name: SmlName, values: readonly SmlValue[]): number {
  const { code, dlmsUnit, divisor = 1, orSumOf, orDifferenceOf }: CodedMeasure = smlMeasures[name];
  const has = (one: string) => values.some((value) => value.code === one);
  const of = (one: string) =>
    (values.find((value) => value.code === one && value.unit === dlmsUnit)?.value ?? Number.NaN) / divisor;
  if (has(code)) return of(code);
  if (orSumOf !== undefined) return orSumOf.map(of).reduce((sum, value) => sum + value, 0);
  if (orDifferenceOf === undefined) return Number.NaN;
  const [from, to] = orDifferenceOf;
  return has(to) ? of(from) - of(to) : of(from);
}
