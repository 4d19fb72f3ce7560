/** What an answer says about a command that waits: the limit for which it waits, and for how many seconds. */
export interface Waiting {
  readonly waits_for: string;
  readonly wait: number;
}

/** Collects what a command has to wait for, so that its sender can be told. */
export class Waits {
  #noted: { readonly limit: string; readonly ms: number } | undefined;

  /** Notes that something waits for a limit, for `ms` milliseconds. */
  note(limit: string, ms: number): void {
    this.#noted = { limit, ms };
  }

  /** What was noted since the last call, in the form of an answer. Undefined if nothing waits. */
  take(): Waiting | undefined {
    const noted = this.#noted;
    this.#noted = undefined;
    return noted && { waits_for: noted.limit, wait: Math.ceil(noted.ms / 1_000) };
  }
}
