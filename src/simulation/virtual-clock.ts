import type { Cancel, Clock } from "../core/time/clock.ts";

interface Timer {
  readonly dueMs: number;
  readonly task: () => void;
}

/** So many timers at one instant are no house any more: something sets a timer of no length again and again. */
const mostTimersAtOnce = 100_000;
/** So often the event loop comes round before work that waits for no timer is given up: a second on a PC, half a minute on a Pi Zero. */
const mostIdleRounds = 1_000_000;

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

  /**
   * Lets time pass, as fast as it can, until the work is done. Rejects when a timer's task throws, and with a sentence where the work
   * cannot end: because time stands still, or because nothing is left that it could wait for.
   */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    let atOnce = 0;
    let idleRounds = 0;
    for (;;) {
      // Promises that need no time are through when the event loop comes round.
      await new Promise(setImmediate);
      if (isDone) return work;
      const next = this.#timers.shift();
      if (next === undefined) {
        idleRounds += 1;
        if (idleRounds > mostIdleRounds) throw this.#stuck("nothing is left to happen, and the work has not ended");
        continue;
      }
      idleRounds = 0;
      atOnce = next.dueMs > this.#nowMs ? 1 : atOnce + 1;
      if (atOnce > mostTimersAtOnce)
        throw this.#stuck(`time stands still: ${mostTimersAtOnce} timers ran at one instant, and there are more`);
      this.#nowMs = next.dueMs;
      next.task();
    }
  }

  #stuck(sentence: string): Error {
    return new Error(`${sentence}, ${this.#nowMs / 1000} s after the start`);
  }
}
