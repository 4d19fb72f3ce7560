import type { InputLink } from "../link.ts";
import type { Clock } from "../time/clock.ts";

/** Whether a window has been open long enough for a pause. While nobody knows, there is none: else a broken contact would let a house freeze. */
export class WindowPause {
  readonly #delayMs: number;
  readonly #clock: Pick<Clock, "monotonicMs">;
  #isOpen: boolean | undefined;
  #openSinceMs = 0;

  /** `lookIn` is told in how many milliseconds the pause begins or ends. */
  constructor(window: InputLink, delayMs: number, clock: Pick<Clock, "monotonicMs">, lookIn: (ms: number) => void) {
    this.#delayMs = delayMs;
    this.#clock = clock;
    window.watch((isOpen) => {
      if (isOpen === this.#isOpen) return;
      // A window that is open when it is first heard of has been open for an unknown time.
      if (isOpen) this.#openSinceMs = this.#isOpen === false ? clock.monotonicMs() : Number.NEGATIVE_INFINITY;
      this.#isOpen = isOpen;
      lookIn(isOpen ? Math.max(0, this.#leftMs()) : 0);
    });
  }

  isPause(): boolean {
    return this.#isOpen === true && this.#leftMs() <= 0;
  }

  #leftMs(): number {
    return this.#openSinceMs + this.#delayMs - this.#clock.monotonicMs();
  }
}
