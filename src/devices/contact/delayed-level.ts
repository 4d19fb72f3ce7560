import type { Timed } from "../../core/time/keep-time.ts";

/** How long ON and OFF wait before they are told, in milliseconds. */
export interface Delays {
  readonly onMs: number;
  readonly offMs: number;
}

/**
 * Tells ON and OFF later, and only if they are still so by then. It goes by the time stamps of the changes alone, so changes that come late
 * and together give the same as changes that come at once.
 */
export class DelayedLevel implements Timed {
  readonly #delays: Delays;
  readonly #tell: (isOn: boolean) => void;
  #told: boolean | undefined;
  #dueMs: number | undefined;

  constructor(delays: Delays, tell: (isOn: boolean) => void) {
    this.#delays = delays;
    this.#tell = tell;
  }

  get dueMs(): number | undefined {
    return this.#dueMs;
  }

  /** Takes a change; changes come in the order of their time. The first one is what is there at the start: it does not wait. */
  change(isOn: boolean, atMs: number): void {
    this.pass(atMs);
    if (this.#told === undefined) this.#say(isOn);
    else if (isOn === this.#told) this.#dueMs = undefined;
    else {
      this.#dueMs = atMs + (isOn ? this.#delays.onMs : this.#delays.offMs);
      this.pass(atMs);
    }
  }

  pass(nowMs: number): void {
    if (this.#dueMs !== undefined && nowMs >= this.#dueMs) this.#say(!this.#told);
  }

  #say(isOn: boolean): void {
    this.#dueMs = undefined;
    this.#told = isOn;
    this.#tell(isOn);
  }
}
