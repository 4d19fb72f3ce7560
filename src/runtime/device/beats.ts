import type { Cancel, Clock } from "../../core/time/clock.ts";
import { TimeLimits } from "./time-limits.ts";

/** The first call comes within this time, in milliseconds, so that a new device shows something within a second. */
const soonMs = 1_000;

/**
 * Decides when sensors are read. Sensors with the same interval are read at the same time, so that the machine wakes once for all of them,
 * and their messages are sent together. All intervals are counted from one instant, so every second beat of `5s` is a beat of `10s`. That
 * instant is chosen by chance within the first second, so that agents that start together do not all publish at once.
 */
export class Beats {
  /** How long a reading may take. */
  readonly limits: TimeLimits;
  readonly #clock: Clock;
  readonly #originMs: number;
  readonly #beats = new Map<number, Beat>();

  /** `random` gives a number from 0 to 1. */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.limits = new TimeLimits(clock);
    this.#originMs = clock.monotonicMs() + random() * soonMs;
  }

  /**
   * Calls the listener at each beat of an interval in milliseconds. The first call comes within a second, even between two beats, so that a
   * sensor that is read daily does not say nothing for a day.
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

/** The beats of one interval. The timer runs while somebody listens. */
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

  /** When the next beat is, on the scale of {@link Clock.monotonicMs}. It has a meaning only while somebody listens. */
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

  /** How many intervals have passed since the common instant, with fractions. */
  #count(): number {
    return (this.#clock.monotonicMs() - this.#originMs) / this.#everyMs;
  }

  #wait(number: number): void {
    this.#dueMs = this.#originMs + number * this.#everyMs;
    this.#cancelTimer = this.#clock.after(this.#dueMs - this.#clock.monotonicMs(), () => this.#strike(number));
  }

  #strike(number: number): void {
    // The next beat is counted from the beat that was meant, because a timer that ran early would find the same beat again. Beats that have
    // passed are left out.
    this.#wait(Math.max(number, Math.floor(this.#count())) + 1);
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener.call();
  }
}
