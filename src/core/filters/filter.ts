import type * as z from "zod";

/** Stands between what a sensor gave and what is published of it, for one measure. */
export interface Filter {
  /** Takes the next good value, read at that time in milliseconds of a clock that never jumps; undefined: nothing is said of it. */
  next(value: number, atMs: number): number | undefined;
}

/** A kind of filter: one file, and one line in index.ts. Its name and options are those of ESPHome's sensor filters. */
export interface FilterKind<Options = never> {
  /** The key in devices.yaml. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** The longest time for which it says nothing, in milliseconds, for readings that come so often; Infinity where there is no bound. */
  silentMs?(options: Options, everyMs: number): number;
  /** Makes a filter, which remembers what it needs for one device's run. */
  make(options: Options): Filter;
}

/** Checks a kind of filter at compile time. */
export function defineFilter<Options>(kind: FilterKind<Options>): FilterKind {
  return kind as FilterKind;
}
