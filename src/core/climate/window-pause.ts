import type { InputLink } from "../link.ts";
import type { Clock } from "../time/clock.ts";

/** Whether a window has been open long enough for a pause. While nobody knows, there is none: else a broken contact would let a house freeze. */
export class WindowPause {
  readonly #delayMs: number;
  readonly #clock: Pick<Clock, "monotonicMs">;
  #isOpen: boolean | undefined;
  #openSinceMs = 0;

  /** `tell` is called when the window was opened or shut. */
  constructor(window: InputLink, delayMs: number, clock: Pick<Clock, "monotonicMs">, tell: () => void) {
    this.#delayMs = delayMs;
    this.#clock = clock;
    window.watch((isOpen) => {
      if (isOpen === this.#isOpen) return;
      // A window that is open when it is first heard of has been open for an unknown time.
      if (isOpen) this.#openSinceMs = this.#isOpen === false ? clock.monotonicMs() : Number.NEGATIVE_INFINITY;
      this.#isOpen = isOpen;
      tell();
    });
  }

  /** Whether there is a pause now. */
  isPause(): boolean {
    return this.#isOpen === true && this.#leftMs() <= 0;
  }

  /** In how many milliseconds a pause begins; Infinity where none is in sight, or where there is one already. */
  beginsInMs(): number {
    return this.#isOpen === true && this.#leftMs() > 0 ? this.#leftMs() : Number.POSITIVE_INFINITY;
  }

  #leftMs(): number {
    return this.#openSinceMs + this.#delayMs - this.#clock.monotonicMs();
  }
}
