/** An output of a device, as the fail-safe sees it. */
export interface HeldOutput {
  readonly isOn: boolean;
  /** Switches it off as a limit does: it waits for nothing, and what waits to switch it on is forgotten. */
  enforceOff(cause: string): void;
}

/** What the outputs of a device are asked about and told. */
export interface FailSafeHold {
  /** An output of this run of the device; ends with {@link FailSafeHold.leave}. */
  join(output: HeldOutput): void;
  leave(output: HeldOutput): void;
  /** Why the output must be off at its start, as a cause for the log; undefined: it may go on. */
  readonly startsOff: string | undefined;
  /** An output that was to be on at the start stays off, see {@link FailSafeHold.startsOff}. */
  keptOff(): void;
  /** Why nobody may switch the output so now, for people; undefined: they may. */
  forbids(wantsOn: boolean): string | undefined;
}
