import type { Measure } from "../measure.ts";
import { NoValue } from "./no-value.ts";
import { byMeasure } from "./per-measure.ts";
import type { SharedOptions } from "./shared-options.ts";

/** What a sensor gave, by measure; a value that it did not give is undefined or NaN. */
export type Raw = Readonly<Record<string, number | NoValue | undefined>>;

/** What is wrong with the values of a reading, by measure, each as a clause after "the sensor gave". */
export type Faults = ReadonlyMap<string, string>;

const minuteMs = 60_000;

/** A good value, and when it was read. */
interface Good {
  readonly value: number;
  readonly atMs: number;
}

/** Judges the values of one measure, one after the other. */
export function judgeOf(
  name: string,
  { range, unit = "" }: Measure,
  limits: { readonly range?: readonly [number, number]; readonly maxChange?: number; readonly stuckMs?: number },
): (value: Raw[string], atMs: number) => string | undefined {
  const isStuck = stuckness(limits.stuckMs);
  const jump = jumps(limits.maxChange);
  const within = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;
  const shown = (text: string) => `${text} ${unit}`.trimEnd();
  return (value, atMs) => {
    if (value instanceof NoValue) return `no ${name}: ${value.reason}`;
    if (value === undefined || Number.isNaN(value)) return `no ${name}`;
    const gave = () => `${name} ${short(value)}`;
    const stuckMs = isStuck(value, atMs);
    if (!within(value, range)) return `${gave()}, ${shown(`outside its range of ${range[0]} to ${range[1]}`)}`;
    if (limits.range !== undefined && !within(value, limits.range))
      return `${gave()}, ${shown(`outside the plausible range of ${limits.range[0]} to ${limits.range[1]}`)}`;
    if (stuckMs !== undefined)
      return `${gave()} and nothing else for ${Math.round(stuckMs / 1_000)} s; it seems to be stuck`;
    const before = jump(value, atMs);
    if (before === undefined) return undefined;
    const seconds = Math.round((atMs - before.atMs) / 1_000);
    return `${gave()}, which is too far from ${short(before.value)} ${seconds} s before; ${shown(`${limits.maxChange}`)} a minute is plausible`;
  };
}

/** A number without digits that nobody reads: three after the point, or four that count of a small one. */
function short(value: number): number {
  return Number(Math.abs(value) < 1 ? value.toPrecision(4) : value.toFixed(3));
}

/** For how long it has been the same raw value, if that is too long. */
function stuckness(longestMs = Number.POSITIVE_INFINITY): (value: number, atMs: number) => number | undefined {
  let since: Good | undefined;
  return (value, atMs) => {
    if (since?.value !== value) since = { value, atMs };
    const ms = atMs - since.atMs;
    return ms >= longestMs ? ms : undefined;
  };
}

/**
 * The good value from which a value is too far: one of the last minute by more than `most`, or the last one before that by more than that
 * for each minute since. So after a real jump the sensor is believed again when enough time has passed.
 */
function jumps(most: number | undefined): (value: number, atMs: number) => Good | undefined {
  let recent: Good[] = [];
  return (value, atMs) => {
    if (most === undefined) return undefined;
    const firstOfMinute = recent.findIndex((one) => atMs - one.atMs <= minuteMs);
    recent = recent.slice(firstOfMinute === -1 ? -1 : firstOfMinute);
    const far = recent.find((one) => {
      const minutes = Math.max(1, (atMs - one.atMs) / minuteMs);
      return Math.abs(value - one.value) > most * minutes + 1e-9;
    });
    if (far === undefined) recent.push({ value, atMs });
    return far;
  };
}

/** Makes a function that says what is wrong with the values of a reading. */
export function judges(
  measures: Readonly<Record<string, Measure>>,
  options: Pick<SharedOptions, "range" | "max_change" | "stuck_after">,
): (raw: Raw, atMs: number) => Faults {
  const names = Object.keys(measures);
  const ranges = byMeasure(options.range, names);
  const changes = byMeasure(options.max_change, names);
  const stuck = byMeasure(options.stuck_after, names);
  const judged = Object.entries(measures).map(([name, measure]) => {
    const [range, maxChange, stuckMs] = [ranges[name], changes[name], stuck[name]];
    const limits = {
      ...(range && { range }),
      ...(maxChange !== undefined && { maxChange }),
      ...(stuckMs !== undefined && { stuckMs }),
    };
    return [name, judgeOf(name, measure, limits)] as const;
  });
  return (raw, atMs) => {
    const faults = new Map<string, string>();
    for (const [name, judge] of judged) {
      const fault = judge(raw[name], atMs);
      if (fault !== undefined) faults.set(name, fault);
    }
    return faults;
  };
}
