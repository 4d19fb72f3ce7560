import type { Drift } from "../core/pretend.ts";
import type { Clock } from "../core/time/clock.ts";

/** One value of a simulated sensor. It drifts until it is set. */
export class MeasuredValue {
  readonly #drift: Drift;
  readonly #clock: Pick<Clock, "monotonicMs">;
  #way: { from: number; to: number; startMs: number; overMs: number } | undefined;

  constructor(drift: Drift, clock: Pick<Clock, "monotonicMs">) {
    this.#drift = drift;
    this.#clock = clock;
  }

  /** The value at this moment. */
  now(): number {
    const { middle, swing, periodMs } = this.#drift;
    const nowMs = this.#clock.monotonicMs();
    if (this.#way === undefined) return middle + swing * Math.sin((2 * Math.PI * nowMs) / periodMs);
    const { from, to, startMs, overMs } = this.#way;
    return nowMs - startMs >= overMs ? to : from + ((to - from) * (nowMs - startMs)) / overMs;
  }

  /** Moves the value to `to` in a straight line, in `overMs` milliseconds. It stays there. */
  set(to: number, overMs: number): void {
    this.#way = { from: this.now(), to, startMs: this.#clock.monotonicMs(), overMs };
  }
}
