/** What a device has said, while it is online. */
export interface Said {
  /** A word, or an object with several values; each listener has a copy of its own. */
  readonly state: unknown;
  /** When, on the scale of the clock. */
  readonly atMs: number;
  /** Whether something failed since. */
  readonly isSuspect: boolean;
  /** How often it is said again, in milliseconds; undefined for what is said on a change. */
  readonly everyMs: number | undefined;
  /** Which values of the state are measured. */
  readonly measured: readonly string[];
}
