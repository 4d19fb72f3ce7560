import type { Drift } from "../core/simulation/pretend.ts";
import type { Clock } from "../core/time/clock.ts";

/** How far something pushes a value away from its drift, and where that comes to rest. */
interface Push {
  readonly inMs: number;
  startMs: number;
  from: number;
  to: number;
}

/** One value of a simulated sensor. It drifts, and outputs may push it, until it is set. */
export class MeasuredValue {
  readonly #drift: Drift;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #pushes: Push[] = [];
  #way: { from: number; to: number; startMs: number; overMs: number } | undefined;

  constructor(drift: Drift, clock: Pick<Clock, "monotonicMs">) {
    this.#drift = drift;
    this.#clock = clock;
  }

  /** The value at this moment. */
  now(): number {
    const { middle, swing, periodMs } = this.#drift;
    const nowMs = this.#clock.monotonicMs();
    if (this.#way === undefined) {
      const pushed = this.#pushes.reduce((sum, push) => sum + pushedBy(push, nowMs), 0);
      return middle + swing * Math.sin((2 * Math.PI * nowMs) / periodMs) + pushed;
    }
    const { from, to, startMs, overMs } = this.#way;
    return nowMs - startMs >= overMs ? to : from + ((to - from) * (nowMs - startMs)) / overMs;
  }

  /** Moves the value to `to` in a straight line, in `overMs` milliseconds. It stays there, whatever pushes it. */
  set(to: number, overMs: number): void {
    this.#way = { from: this.now(), to, startMs: this.#clock.monotonicMs(), overMs };
  }

  /**
   * Adds something that pushes the value, and returns how to say how far from now on: the value has gone 63 % of the way there after
   * `inMs` milliseconds. Several pushes add up.
   */
  pushable(inMs: number): (by: number) => void {
    const push: Push = { inMs, startMs: this.#clock.monotonicMs(), from: 0, to: 0 };
    this.#pushes.push(push);
    return (by) => {
      const nowMs = this.#clock.monotonicMs();
      push.from = pushedBy(push, nowMs);
      push.startMs = nowMs;
      push.to = by;
    };
  }
}

function pushedBy({ inMs, startMs, from, to }: Push, nowMs: number): number {
  return to + (from - to) * Math.exp((startMs - nowMs) / inMs);
}
