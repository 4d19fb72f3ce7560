import { UserError } from "../errors.ts";
import type { Log } from "../log/log.ts";
import type { Measure } from "../measure.ts";
import type { Faults, Raw } from "./plausibility.ts";

/** After so many good values in a row a measure counts as good again. So a value at the edge of its range does not fill the log. */
const goodValuesUntilSaid = 3;
/** So many bad values in a row the last good one stands for; as many failed readings take a device offline. */
const badValuesUntilGone = 3;

/** What a reading has brought of one measure: a value, or what is wrong. `isHeld`: the last good value stands for it for the moment. */
export type Brought = { readonly value: number } | { readonly fault: string; readonly isHeld: boolean };

/** Accepts the values of readings. */
export interface Acceptance {
  /** Throws a {@link UserError} if no value is good. */
  accept(raw: Raw, atMs: number): ReadonlyMap<string, Brought>;
  /** Notes that a reading has failed as a whole. */
  failed(): void;
}

/**
 * Takes what is good of readings. A bad value does not spoil the good ones beside it; the log says so once. With `holds` the last good
 * value stands for a bad one for a while; otherwise it is published as null at once.
 */
export function acceptReadings(
  names: readonly string[],
  judge: (raw: Raw, atMs: number) => Faults,
  { log, holds }: { readonly log: Log; readonly holds: boolean },
): Acceptance {
  /** How many good values each bad measure still needs. */
  const bad = new Map<string, number>();
  /** How many readings in a row had no good value of a measure. */
  const inARow = new Map<string, number>();
  const became = holds ? "a value is suspect" : "a value is published as null";

  const tell = (name: string, reason: string | undefined) => {
    const left = bad.get(name);
    if (reason !== undefined) {
      bad.set(name, goodValuesUntilSaid);
      if (left === undefined) log.warn({ measure: name, reason }, became);
    } else if (left !== undefined && left > 1) bad.set(name, left - 1);
    else if (bad.delete(name)) log.info({ measure: name }, "the value is good again");
  };
  const countBad = (name: string) => {
    const count = (inARow.get(name) ?? 0) + 1;
    inARow.set(name, count);
    return count;
  };

  const broughtBy = (name: string, raw: Raw, clause: string | undefined): Brought => {
    const fault = clause === undefined ? undefined : `the sensor gave ${clause}`;
    tell(name, fault);
    if (fault !== undefined) return { fault, isHeld: holds && countBad(name) < badValuesUntilGone };
    inARow.delete(name);
    return { value: raw[name] as number };
  };

  return {
    accept(raw, atMs) {
      const faults = judge(raw, atMs);
      if (faults.size === names.length) throw new UserError(`the sensor gave ${[...faults.values()].join(", and ")}`);
      const brought = new Map<string, Brought>();
      for (const name of names) brought.set(name, broughtBy(name, raw, faults.get(name)));
      return brought;
    },
    failed() {
      for (const name of names) countBad(name);
    },
  };
}

/** A value as it is published: with the digits of its measure, a flag as `ON` or `OFF`. */
export function published({ digits, flag }: Measure, value: number | null): number | "ON" | "OFF" | null {
  if (value === null) return null;
  if (flag) return value === 0 ? "OFF" : "ON";
  // Adding 0 turns -0 into 0.
  return Number(value.toFixed(digits)) + 0;
}
