/** What somebody is told of a wish that waits: for which limit, and for how many seconds. */
export interface Waiting {
  readonly waits_for: string;
  readonly wait: number;
}

/** What a command has to wait for, so that whoever gave it can be told. */
export class Waits {
  #noted: { readonly limit: string; readonly ms: number } | undefined;

  /** Notes that something waits for a limit, so long in milliseconds. */
  note(limit: string, ms: number): void {
    this.#noted = { limit, ms };
  }

  /** What was noted since the last call, as an answer has it: the limit's name, and seconds. */
  take(): Waiting | undefined {
    const noted = this.#noted;
    this.#noted = undefined;
    return noted && { waits_for: noted.limit, wait: Math.ceil(noted.ms / 1_000) };
  }
}
