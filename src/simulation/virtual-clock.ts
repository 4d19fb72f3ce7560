import type { Cancel, Clock } from "../core/time/clock.ts";

interface Timer {
  readonly dueMs: number;
  readonly task: () => void;
}

/** More timers than this at one instant mean a mistake: something sets a timer of length 0 again and again. */
const mostTimersAtOnce = 100_000;
/**
 * How often the event loop may run without a timer before the work is given up. That takes a second on a PC and half a minute on a Pi Zero.
 */
const mostIdleRounds = 1_000_000;

/**
 * A clock whose time passes without waiting: when nothing is left to do, it jumps to the next timer. Use it only for work in memory,
 * because its time does not wait for a disk or a network.
 */
export class VirtualClock implements Clock {
  readonly #startedAt: number;
  /** In the order in which they are due. Timers of the same instant are in the order of their calls. */
  readonly #timers: Timer[] = [];
  #nowMs = 0;

  /** `start` is the time of day at the beginning. */
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
   * Lets time pass as fast as possible until the work is done. Rejects if a timer's task throws. Rejects with a sentence if the work cannot
   * end: because time does not go on, or because there is nothing left to wait for.
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
      // One round of the event loop completes all promises that need no time.
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
