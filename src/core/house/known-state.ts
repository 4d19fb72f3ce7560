/** What a device has said last. It exists only while the device is online. */
export interface KnownState {
  /** A word, or an object with several values. Each listener gets a copy of its own. */
  readonly state: unknown;
  /** When the device said it, on the scale of {@link import("../time/clock.ts").Clock.monotonicMs}. */
  readonly atMs: number;
  /** Whether a reading has failed since then. */
  readonly isSuspect: boolean;
  /** The names of the values that are old or made up, because there were no good ones. Absent: none. */
  readonly suspects?: readonly string[];
  /** How often the device says its state, in milliseconds. Undefined if it does so only on a change. */
  readonly everyMs: number | undefined;
  /** The names of the values in the state that are measured. */
  readonly measured: readonly string[];
  /** Who changed the state, such as `mqtt` or `rule:frost`. Absent where that is not known, as for a reading. */
  readonly cause?: string | undefined;
}
