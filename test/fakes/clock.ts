import type { Clock } from "../../src/core/time/clock.ts";

/** More timers than this at one instant mean that something sets a timer of length 0 again and again. */
const mostTimersAtOnce = 10_000;

/** What a test may change. */
interface Nature {
  /** How many milliseconds the next timer is early, like timers that are cut to whole milliseconds. Default: 0. */
  readonly earlyMs?: () => number;
  /** The wall-clock time with which it begins. */
  readonly start?: Date;
  /** The monotonic time with which it begins: how long the machine has been up. */
  readonly monotonicMs?: number;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs: number;
  #timers: { dueMs: number; task: () => void }[] = [];
  #startMs: number;
  readonly #earlyMs: () => number;

  constructor({ earlyMs = () => 0, start = new Date(Date.UTC(2026, 10, 22, 17)), monotonicMs = 0 }: Nature = {}) {
    this.#earlyMs = earlyMs;
    this.#nowMs = monotonicMs;
    this.#startMs = start.getTime() - monotonicMs;
  }

  now(): Date {
    return new Date(this.#startMs + this.#nowMs);
  }

  /** Sets the time of day, as a time server does. The monotonic time does not change. */
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

  /** Lets time pass without running timers, as a long computation does. Timers run late then. */
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

/** Resolves when everything that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise(setImmediate);
}
