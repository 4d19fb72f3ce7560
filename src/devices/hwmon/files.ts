import type { Measure } from "../../core/measure.ts";
import { channelFactor } from "../../core/readers/channel.ts";
import { type FreeMeasure, measureOf, withWritten } from "../../core/readers/free-measures.ts";
import { quantity } from "../../core/readers/quantity.ts";
import { around, type Drift } from "../../core/simulation/pretend.ts";

/** A measure as its owner wrote it: its file, and what they said of it. */
export type ChosenFile = FreeMeasure & { readonly file: string; readonly multiply?: number | undefined };

/**
 * What files with these beginnings hold (Documentation/ABI/testing/sysfs-class-hwmon of Linux 6.12), within what they can be right, and
 * what the simulation shows. `in` also begins `intrusion0_alarm`, which is found by its end before.
 */
const usual: readonly (readonly [start: string, measure: Measure, middle: number])[] = [
  ["temp", { ...quantity.temperature, range: [-273, 2000] }, 41],
  ["humidity", { ...quantity.humidity, range: [0, 100] }, 50],
  ["in", { ...quantity.voltage, range: [-1000, 1000] }, 5],
  ["curr", { ...quantity.current, range: [-1000, 1000] }, 0.8],
  ["power", { ...quantity.power, range: [-100_000, 100_000] }, 4],
  ["energy", { ...quantity.energy, range: [0, 1e9] }, 1],
  ["fan", { unit: "rpm", digits: 0, range: [0, 100_000] }, 3000],
];

/** An alarm or a fault is yes or no. */
function isFlag({ file }: ChosenFile): boolean {
  return /_(alarm|fault)$/.test(file);
}

const flag: Measure = {
  device_class: "problem",
  entity_category: "diagnostic",
  flag: true,
  digits: 0,
  range: [0, 1],
};

function usualOf({ file }: ChosenFile) {
  return /_(input|average|lowest|highest)$/.test(file) ? usual.find(([start]) => file.startsWith(start)) : undefined;
}

/** The measure of a file: what its name says, and over that what its owner said. */
export function chosenFile(chosen: ChosenFile): Measure {
  const { name, unit } = chosen;
  if (isFlag(chosen)) return { ...flag, ...(name !== undefined && { name }) };
  const known = usualOf(chosen)?.[1];
  const isOther = unit !== undefined && unit !== known?.unit;
  if (known === undefined || isOther) return measureOf(chosen);
  return withWritten(known, chosen);
}

/** What the number in the file is multiplied by. */
export function multiplierOf(chosen: ChosenFile): number {
  if (chosen.multiply !== undefined) return chosen.multiply;
  return usualOf(chosen) === undefined ? 1 : channelFactor("hwmon", chosen.file);
}

/** Why a measure cannot have the unit that was written, as a clause; undefined if it can. */
export function unitClash(name: string, chosen: ChosenFile): string | undefined {
  const { unit, multiply, file } = chosen;
  if (unit === undefined || multiply !== undefined) return undefined;
  if (isFlag(chosen)) return `${name}: ${file} is yes or no and has no unit; remove unit`;
  const known = usualOf(chosen)?.[1].unit;
  if (known === undefined || known === unit) return undefined;
  return `${name}: ${file} is published in ${known}; remove unit, or write multiply, which makes ${unit} of the file's number`;
}

/** How a measure moves when it is simulated. */
export function simulatedOf(chosen: ChosenFile): Drift {
  if (isFlag(chosen)) return around(0, 0, 60_000);
  const middle = usualOf(chosen)?.[2] ?? 100;
  const share = multiplierOf(chosen) / (usualOf(chosen) === undefined ? 1 : channelFactor("hwmon", chosen.file));
  return around(middle * share, (middle * share) / 20, 120_000);
}
