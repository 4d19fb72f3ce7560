import type { Cancel, Clock } from "../../core/time/clock.ts";

/** How often inputs are looked at where the chip has no interrupt, in milliseconds. */
export const pollEveryMs = 20;
/** What that means, for the explanation of a pin. */
export const lostByPolling = `its chip has no interrupt, so the line is looked at every ${pollEveryMs} ms, and shorter pulses go unseen`;
/** How many looks in a row may fail: a long bus loses a transfer now and then. */
const failuresAllowed = 2;

/** Looks again and again. */
export class Polling {
  readonly #clock: Pick<Clock, "after">;
  #failures = 0;
  #cancel: Cancel = () => {};

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  /** Calls `look` every 20 ms. Ends with `lose` when it has thrown three times in a row. */
  start(look: () => void, lose: (error: unknown) => void): void {
    this.#cancel = this.#clock.after(pollEveryMs, () => {
      this.start(look, lose);
      try {
        look();
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        if (this.#failures <= failuresAllowed) return;
        this.stop();
        lose(error);
      }
    });
  }

  stop(): void {
    this.#cancel();
    this.#failures = 0;
  }
}
