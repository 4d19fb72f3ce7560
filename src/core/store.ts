import type * as z from "zod";

/**
 * When a value has to be on disk: `soon`, with the next writing, at most ten seconds later, and at the stop; or `now`, as fast as the
 * disk can, for what a power cut must not take. An SD card lives longer the fewer `now` there are.
 */
export type KeepWhen = "soon" | "now";

/** A value that outlives the program: a restart, a crash, a power cut, an upgrade. */
export interface Kept<Value> {
  /** The value, as it was kept or last set. */
  readonly value: Value;
  /** Replaces the value. It is there at once for whoever asks; the disk follows. Does nothing for a run that is over. */
  set(value: Value, when?: KeepWhen): void;
  /**
   * Resolves once all that was set until now is on disk, with true; with false where the disk does not take it, or nothing is kept. Never
   * rejects. Whatever must not be older after a power cut than others have seen it is published after this.
   */
  save(): Promise<boolean>;
}

/** What one device keeps, by names of its own in snake_case. It belongs to the device's id: other edits of devices.yaml lose nothing. */
export interface Store {
  /** The value that was kept under this name, or `initial` where there is none, or none that the schema takes. */
  keep<Value>(name: string, schema: z.ZodType<Value>, initial: Value): Kept<Value>;
}
