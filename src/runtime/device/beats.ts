import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A first call comes so soon, in milliseconds: within a second whoever looks at a new device sees something. */
const soonMs = 1_000;

/**
 * When sensors are read: at common instants, so that the machine wakes once for all sensors of an interval, and what they say goes
 * out together. Every interval is counted from one instant, so that every second beat of `5s` is one of `10s`. That instant is
 * chosen by chance within the first second: the agents of a house that start together do not all speak at once.
 */
export class Beats {
  readonly #clock: Clock;
  readonly #originMs: number;
  readonly #beats = new Map<number, Beat>();

  /** `random` gives a number from 0 to 1. */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#originMs = clock.monotonicMs() + random() * soonMs;
  }

  /**
   * Calls at each beat of an interval in milliseconds. The first call comes within a second, which may be between two beats, so
   * that a sensor of a daily beat is not silent for a day.
   */
  listen(everyMs: number, listener: () => void): Cancel {
    const beat = this.#beat(everyMs);
    const cancel = beat.join(listener);
    if (beat.dueMs - this.#clock.monotonicMs() <= soonMs) return cancel;
    const cancelFirst = this.#beat(soonMs).join(() => {
      cancelFirst();
      listener();
    });
    return () => {
      cancelFirst();
      cancel();
    };
  }

  #beat(everyMs: number): Beat {
    const beat = this.#beats.get(everyMs) ?? new Beat(this.#clock, this.#originMs, everyMs);
    this.#beats.set(everyMs, beat);
    return beat;
  }
}

/** The beat of one interval. Its timer runs while somebody listens. */
class Beat {
  readonly #clock: Clock;
  readonly #originMs: number;
  readonly #everyMs: number;
  readonly #listeners = new Set<{ readonly call: () => void }>();
  #dueMs = 0;
  #cancelTimer: Cancel = () => {};

  constructor(clock: Clock, originMs: number, everyMs: number) {
    this.#clock = clock;
    this.#originMs = originMs;
    this.#everyMs = everyMs;
  }

  /** When the next one is, by the clock that never jumps, while somebody listens. */
  get dueMs(): number {
    return this.#dueMs;
  }

  join(call: () => void): Cancel {
    const listener = { call };
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#wait(Math.ceil(this.#count()));
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#cancelTimer();
    };
  }

  /** How many intervals have passed since the origin, with fractions. */
  #count(): number {
    return (this.#clock.monotonicMs() - this.#originMs) / this.#everyMs;
  }

  #wait(number: number): void {
    this.#dueMs = this.#originMs + number * this.#everyMs;
    this.#cancelTimer = this.#clock.after(this.#dueMs - this.#clock.monotonicMs(), () => this.#strike(number));
  }

  #strike(number: number): void {
    // Counted from the beat that was meant: a timer that fired early would find it still to come. Beats that passed are left out.
    this.#wait(Math.max(number, Math.floor(this.#count())) + 1);
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener.call();
  }
}
