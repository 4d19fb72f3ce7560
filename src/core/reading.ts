import { UserError } from "./errors.ts";
import { type ChosenFilters, makeChain } from "./filters/chain.ts";
import type { Log } from "./log/log.ts";
import type { Measure } from "./measure.ts";

/** What a sensor has measured. A value is null if the sensor did not give it, or if it is out of range. */
export type Readings<Name extends string> = Readonly<Record<Name, number | null>>;

/** Why a sensor has no value for a measure, as a clause after "no temperature: ". */
export class NoValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** After so many good values in a row a measure counts as good again. So a value at the edge of its range does not fill the log. */
const goodValuesUntilSaid = 3;

/**
 * Makes readings of raw values. A bad value becomes null and does not spoil the good ones beside it; the log says so once. The function
 * that is returned throws a {@link UserError} if no value is good.
 */
export function acceptReadings<Name extends string>(
  measures: Readonly<Record<Name, Measure>>,
  log: Log,
): (raw: Readonly<Record<Name, number | NoValue>>) => Readings<Name> {
  const names = Object.keys(measures) as Name[];
  /** How many good values each bad measure still needs. */
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
      reading[name] = problem === undefined ? Number(raw[name]) : null;
    }
    return reading;
  };
}

/**
 * Puts filters between what was accepted and what is published, each measure through its own. Undefined where none of them has anything
 * to say; where one has, the others say again what they said last.
 */
export function filterReadings<Name extends string>(
  names: readonly Name[],
  filters: ChosenFilters,
): (reading: Readings<Name>, atMs: number) => Readings<Name> | undefined {
  const chains = new Map(names.map((name) => [name, makeChain(filters[name])]));
  const said = new Map<Name, number | null>();
  return (reading, atMs) => {
    let isNews = false;
    for (const name of names) {
      const value = reading[name];
      const passed = value === null ? null : chains.get(name)?.next(value, atMs);
      if (passed === undefined) continue;
      isNews = true;
      said.set(name, passed);
    }
    return isNews
      ? (Object.fromEntries(names.map((name) => [name, said.get(name) ?? null])) as Readings<Name>)
      : undefined;
  };
}

/** A reading as it is published: each value with the digits of its measure, a flag as `ON` or `OFF`. */
export function published<Name extends string>(
  measures: Readonly<Record<Name, Measure>>,
  reading: Readings<Name>,
): Readonly<Record<Name, number | "ON" | "OFF" | null>> {
  const shown = (name: Name, value: number | null) => {
    if (value === null) return null;
    const { digits, flag } = measures[name];
    if (flag) return value === 0 ? "OFF" : "ON";
    // Adding 0 turns -0 into 0.
    return Number(value.toFixed(digits)) + 0;
  };
  const names = Object.keys(reading) as Name[];
  return Object.fromEntries(names.map((name) => [name, shown(name, reading[name])])) as ReturnType<
    typeof published<Name>
  >;
}

/** What is wrong with a value, as a clause after "the sensor gave". Undefined if nothing is wrong. */
function problemOf(
  name: string,
  { range, unit = "" }: Measure,
  value: number | NoValue | undefined,
): string | undefined {
  if (value instanceof NoValue) return `no ${name}: ${value.reason}`;
  if (value === undefined || Number.isNaN(value)) return `no ${name}`;
  if (value >= range[0] && value <= range[1]) return undefined;
  return `${name} ${value}, outside its range of ${range[0]} to ${range[1]} ${unit}`.trimEnd();
}
