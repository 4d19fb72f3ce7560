import type { Cancel, Clock } from "../core/clock.ts";

interface Timer {
  readonly dueMs: number;
  readonly task: () => void;
}

/**
 * Time that costs none: when nothing is left to do, it jumps to the next timer. Only for what happens in memory, since time
 * does not wait for a disk or a network.
 */
export class VirtualClock implements Clock {
  readonly #startedAt: number;
  /** In the order in which they are due; those of one instant in the order in which they were asked for. */
  readonly #timers: Timer[] = [];
  #nowMs = 0;

  /** `start` is the time of day with which it begins. */
  constructor(start: Date) {
    this.#startedAt = start.getTime();
  }

  now(): Date {
    return new Date(this.#startedAt + this.#nowMs);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, task: () => void): Cancel {
    const timer: Timer = { dueMs: this.#nowMs + Math.max(ms, 0), task };
    const later = this.#timers.findIndex(({ dueMs }) => dueMs > timer.dueMs);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index !== -1) this.#timers.splice(index, 1);
    };
  }

  /** Lets time pass, as fast as it can, until the work is done; rejects when a timer's task throws. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    for (;;) {
      // Promises that need no time are through when the event loop comes round.
      await new Promise(setImmediate);
      if (isDone) return work;
      const next = this.#timers.shift();
      if (next === undefined) continue;
      this.#nowMs = next.dueMs;
      next.task();
    }
  }
}
