/** What an answer says about a command that waits: the limit for which it waits, and for how many seconds if that is known. */
export interface Waiting {
  readonly waits_for: string;
  readonly wait?: number;
}

/** A change of an output that waits for a limit. */
export interface WaitingChange {
  readonly limit: string;
  /** Whether the output goes on. */
  readonly on: boolean;
  /** When it does so, on the scale of the clock; undefined if that is not known yet. */
  readonly untilMs: number | undefined;
}

/** Knows which changes of a device's outputs wait for a limit, so that whoever wanted them can be told. */
export class Waits {
  readonly #now: () => number;
  readonly #onChange: (waiting: WaitingChange | undefined) => void;
  /** What waits now, by output. Undefined until something waits: most devices have no limits. */
  #waiting: Map<object, WaitingChange> | undefined;
  #noted: WaitingChange | undefined;

  /** `now` is the time on the scale of the clock. `onChange` gets what waits now, the newest if there are several. */
  constructor(now: () => number, onChange: (waiting: WaitingChange | undefined) => void = () => {}) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** Notes that a change of this output waits. */
  note(output: object, waiting: WaitingChange): void {
    this.#noted = waiting;
    this.#waiting ??= new Map();
    this.#waiting.delete(output);
    this.#waiting.set(output, waiting);
    this.#onChange(waiting);
  }

  /** Notes that nothing of this output waits any more. */
  over(output: object): void {
    const waiting = this.#waiting?.get(output);
    if (this.#waiting === undefined || waiting === undefined) return;
    this.#waiting.delete(output);
    if (this.#noted === waiting) this.#noted = undefined;
    this.#onChange([...this.#waiting.values()].at(-1));
  }

  /** What was noted since the last call, in the form of an answer. Undefined if nothing waits. */
  take(): Waiting | undefined {
    const noted = this.#noted;
    this.#noted = undefined;
    if (noted === undefined) return undefined;
    const { limit, untilMs } = noted;
    return {
      waits_for: limit,
      ...(untilMs !== undefined && { wait: Math.max(0, Math.ceil((untilMs - this.#now()) / 1_000)) }),
    };
  }
}
