import { UserError } from "./errors.ts";
import type { Log } from "./log/log.ts";
import type { Measure } from "./measure.ts";

/** What a sensor gave, rounded. A measure of which it gave nothing, or what cannot be, is null. */
export type Reading<Name extends string> = Readonly<Record<Name, number | null>>;

/** So many good values in a row, and a measure counts as good again: one at the edge of its range does not fill the log. */
const goodValuesUntilSaid = 3;

/**
 * Makes readings of what a sensor gives. A bad value does not take the good ones with it: it becomes null, which the log says once.
 * Throws a {@link UserError} where no value is good.
 */
export function acceptReadings<Name extends string>(
  measures: Readonly<Record<Name, Measure>>,
  log: Log,
): (raw: Readonly<Record<Name, number>>) => Reading<Name> {
  const names = Object.keys(measures) as Name[];
  /** How many good values are still wanted of a measure that was bad. */
  const bad = new Map<Name, number>();

  const tell = (name: Name, reason: string | undefined) => {
    const left = bad.get(name);
    if (reason !== undefined) {
      bad.set(name, goodValuesUntilSaid);
      if (left === undefined) log.warn({ measure: name, reason }, "a value is published as null");
    } else if (left !== undefined && left > 1) bad.set(name, left - 1);
    else if (bad.delete(name)) log.info({ measure: name }, "the value is good again");
  };

  return (raw) => {
    const problems = names.map((name) => problemOf(name, measures[name], raw[name]));
    if (!problems.includes(undefined)) throw new UserError(`the sensor gave ${problems.join(", and ")}`);
    const reading = {} as Record<Name, number | null>;
    for (const [index, name] of names.entries()) {
      const problem = problems[index];
      tell(name, problem && `the sensor gave ${problem}`);
      // Adding 0 turns -0 into 0.
      reading[name] = problem === undefined ? Number(raw[name].toFixed(measures[name].digits)) + 0 : null;
    }
    return reading;
  };
}

/** What is wrong with a value, as what the sensor gave; undefined where nothing is. */
function problemOf(name: string, { range, unit = "" }: Measure, value: number | undefined): string | undefined {
  if (value === undefined || Number.isNaN(value)) return `no ${name}`;
  if (value >= range[0] && value <= range[1]) return undefined;
  return `${name} ${value}, outside its range of ${range[0]} to ${range[1]} ${unit}`.trimEnd();
}
