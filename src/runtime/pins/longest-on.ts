import type { Limits } from "../../core/limits.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** Ends the time for which an output is on: by `max_on`, which nothing prolongs, and by `auto_off`, which each command to on begins anew. */
export class LongestOn {
  readonly #limits: Limits;
  readonly #clock: Pick<Clock, "after">;
  readonly #end: (limit: string) => void;
  #cancelMaxOn: Cancel = () => {};
  #cancelAutoOff: Cancel = () => {};

  /** `end` switches the output off; `limit` says why. */
  constructor(limits: Limits, clock: Pick<Clock, "after">, end: (limit: string) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#end = end;
  }

  /** The output has gone on. */
  begin(): void {
    const { maxOnMs } = this.#limits;
    this.stop();
    if (maxOnMs !== undefined) this.#cancelMaxOn = this.#clock.after(maxOnMs, () => this.#end("max_on"));
    this.renew();
  }

  /** Somebody has commanded the output to be on, which it is already. */
  renew(): void {
    const { autoOffMs } = this.#limits;
    this.#cancelAutoOff();
    if (autoOffMs !== undefined) this.#cancelAutoOff = this.#clock.after(autoOffMs, () => this.#end("auto_off"));
  }

  /** The output is off. */
  stop(): void {
    this.#cancelMaxOn();
    this.#cancelAutoOff();
  }
}
