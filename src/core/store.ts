import type * as z from "zod";

/**
 * When a value must be on disk. `soon`: with the next write, after at most ten seconds, and when the agent stops. `now`: as fast as the
 * disk can, for values that a power cut must not take. Use `now` seldom: each write wears an SD card. `later`: when something else is
 * written, and when the agent stops, for values that may be old after a power cut.
 */
export type KeepWhen = "soon" | "now" | "later";

/** A value that is kept over restarts, crashes, power cuts and upgrades. */
export interface Kept<Value> {
  /** The value that was kept, or that was set since. */
  readonly value: Value;
  /** Replaces the value. `value` is the new one at once; the disk follows. Does nothing after the run of the device has ended. */
  set(value: Value, when?: KeepWhen): void;
  /**
   * Resolves with true when all that was set until now is on disk. Resolves with false if the disk does not accept it, or if nothing is
   * kept. Never rejects. Publish after this what a power cut must not turn back.
   */
  save(): Promise<boolean>;
}

/**
 * What one device keeps, by names that the device chooses, in snake_case. It belongs to the device's id, so other edits of devices.yaml
 * lose nothing.
 */
export interface Store {
  /** The value that was kept under this name. `initial` if there is none, or if the schema does not accept it. */
  keep<Value>(name: string, schema: z.ZodType<Value>, initial: Value): Kept<Value>;
}
