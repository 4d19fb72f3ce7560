import type { Clock } from "../../src/core/clock.ts";

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { dueMs: number; task: () => void }[] = [];

  now(): Date {
    return new Date(Date.UTC(2026, 10, 22, 17) + this.#nowMs);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers run. */
  get pending(): number {
    return this.#timers.length;
  }

  /** In how many milliseconds each of them is due. */
  get waits(): number[] {
    return this.#timers.map(({ dueMs }) => dueMs - this.#nowMs);
  }

  /** Lets time pass: every timer runs at its time, and whatever it set going has come to rest before the next one. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settled();
    for (;;) {
      const next = this.#timers.filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
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
