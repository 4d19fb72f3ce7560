import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { Firing } from "./firing.ts";

/**
 * Sets a rule off when something begins to be so or, with `forMs`, when it has been so for that time without a break. It must end before it
 * can set the rule off again. While nobody knows whether it is so, the time does not run; then it begins anew.
 */
export class Lasting {
  readonly #forMs: number;
  readonly #clock: Pick<Clock, "after">;
  readonly #fire: (firing: Firing) => void;
  #isSo = false;
  #cancel: Cancel | undefined;

  constructor(forMs: number, clock: Pick<Clock, "after">, fire: (firing: Firing) => void) {
    this.#forMs = forMs;
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Whether it is so, and has set the rule off. */
  get isSo(): boolean {
    return this.#isSo;
  }

  /** It is so. `isStill` is asked when the time is over. */
  begin(firing: Firing, isStill: () => boolean = () => true): void {
    if (this.#isSo || this.#cancel !== undefined) return;
    if (this.#forMs === 0) {
      this.#isSo = true;
      this.#fire(firing);
      return;
    }
    this.#cancel = this.#clock.after(this.#forMs, () => {
      this.#cancel = undefined;
      if (!isStill()) return;
      this.#isSo = true;
      this.#fire(firing);
    });
  }

  /** It was so before anybody looked, so that it sets nothing off. */
  wasSo(): void {
    this.#isSo = true;
  }

  /** It is not so any more. */
  end(): void {
    this.doubt();
    this.#isSo = false;
  }

  /** Nobody knows whether it is so. */
  doubt(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
