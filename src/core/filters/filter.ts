import type * as z from "zod";
import type { Clock } from "../time/clock.ts";

/** Stands between what a sensor gave and what is published of it, for one measure. */
export interface Filter {
  /** Takes the next good value, read at that time in milliseconds of a clock that never jumps; undefined: nothing is said of it. */
  next(value: number, atMs: number): number | undefined;
  /** Learns that there is no good value now, so that it does not say an old one again. The next good value may come at any time. */
  lost?(): void;
  /** Learns that the sensor was gone, so that it makes nothing of what came before. Absent: as {@link lost}. */
  forget?(): void;
}

/** What a filter may use besides the values that it gets. */
export interface FilterPorts {
  /** Its timers end with the device. */
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  /** How many digits of the measure are published. */
  readonly digits: number;
  /**
   * Says a value that no reading brought at this moment, such as an average at the end of its time; null: there is none. `made`: it is no
   * measured value, so that nobody begins anything by it.
   */
  emit(value: number | null, made?: "made"): void;
}

/** A kind of filter: one file, and one line in index.ts. Its name, options and meaning are those of ESPHome's sensor filters. */
export interface FilterKind<Options = never> {
  /** The key in devices.yaml. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** How it is written after its name, each a way that works; the usual one first. Messages and editors show them. */
  readonly examples: readonly [unknown, ...unknown[]];
  readonly options: z.ZodType<Options>;
  /**
   * The longest time between two values that it says, in milliseconds, where it gets one every `everyMs`; Infinity where there is no bound.
   * Absent: it says as many as it gets.
   */
  gapMs?(options: Options, everyMs: number): number;
  /** Makes a filter, which remembers what it needs for one device's run. */
  make(options: Options, ports: FilterPorts): Filter;
}

/** Checks a kind of filter at compile time. */
export function defineFilter<Options>(kind: FilterKind<Options>): FilterKind {
  return kind as FilterKind;
}
