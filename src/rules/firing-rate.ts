import type { Clock } from "../core/time/clock.ts";

/** A rule that fires so often within a minute is held. */
export const mostFirings = 100;
/** The minute in which firings are counted, and how long nothing must set off a rule that is held. */
export const firingPeriodMs = 60_000;

/** Counts how often a rule fires. After a hundred times within a minute it is held, until {@link FiringRate.release}. */
export class FiringRate {
  readonly #clock: Pick<Clock, "monotonicMs">;
  /** When it fired, the last hundred at most. */
  #times: number[] = [];
  #isHeld = false;

  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  /** Whether the rule is held. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Notes that the rule was set off. Returns whether it may fire. */
  admits(): boolean {
    if (this.#isHeld) return false;
    const nowMs = this.#clock.monotonicMs();
    this.#times = this.#times.filter((atMs) => atMs > nowMs - firingPeriodMs);
    if (this.#times.length >= mostFirings) {
      this.#isHeld = true;
      return false;
    }
    this.#times.push(nowMs);
    return true;
  }

  /** Begins to count anew. */
  release(): void {
    this.#isHeld = false;
    this.#times = [];
  }
}
