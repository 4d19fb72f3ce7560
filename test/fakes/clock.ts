import type { Clock } from "../../src/core/time/clock.ts";

/** So many timers at one instant: something sets a timer of no length again and again. */
const mostTimersAtOnce = 10_000;

/** What a test may have otherwise. */
interface Nature {
  /** By how many milliseconds the next timer fires early, as timers do that are cut to whole milliseconds. Default: none does. */
  readonly earlyMs?: () => number;
  /** The wall-clock time with which it begins. */
  readonly start?: Date;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { dueMs: number; task: () => void }[] = [];
  #startMs: number;
  readonly #earlyMs: () => number;

  constructor({ earlyMs = () => 0, start = new Date(Date.UTC(2026, 10, 22, 17)) }: Nature = {}) {
    this.#earlyMs = earlyMs;
    this.#startMs = start.getTime();
  }

  now(): Date {
    return new Date(this.#startMs + this.#nowMs);
  }

  /** Sets the wall-clock time, as a time server does; what never jumps does not. */
  setTime(date: Date): void {
    this.#startMs = date.getTime() - this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms - this.#earlyMs(), task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass while the machine does nothing else, as in a long computation: what is due comes late. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }

  /** How many timers run. */
  get pending(): number {
    return this.#timers.length;
  }

  /** In how many milliseconds each of them is due. */
  get waits(): number[] {
    return this.#timers.map(({ dueMs }) => dueMs - this.#nowMs);
  }

  /**
   * Lets time pass: every timer runs at its time, and whatever it set going has come to rest before the next one. Rejects where
   * time cannot pass, because timers at one instant do not come to an end.
   */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    let atOnce = 0;
    await settled();
    for (;;) {
      const next = this.#timers.filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      atOnce = next.dueMs > this.#nowMs ? 1 : atOnce + 1;
      if (atOnce > mostTimersAtOnce)
        throw new Error(`time stands still: ${mostTimersAtOnce} timers ran at ${this.#nowMs} ms, and there are more`);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.task();
      await settled();
    }
    this.#nowMs = endMs;
  }
}

/** Resolves once all that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise(setImmediate);
}
