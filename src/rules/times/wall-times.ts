import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A clock that was set is noticed after this time at the latest. */
const longestWaitMs = 60_000;
/** A clock that was set back by more than this begins anew: what it showed before was wrong. */
const longestBackMs = 24 * 3_600_000;

/** What knows the time of day. */
export interface KnownTime {
  /** The time of day; undefined while it is not known. */
  now(): Date | undefined;
  /** Calls the listener when the time becomes known, and when it becomes certain. */
  onSet(listener: () => void): void;
}

/** Something that happens at times of day. */
export interface Appointment {
  /** When it happens next; undefined: never again, or the time is not known. */
  readonly due: Date | undefined;
  readonly cancel: Cancel;
}

/**
 * Does things at times of day. A clock that is set forward leaves times out: what was due in between happens once, now. A clock that is set
 * back, by a day at most, shows times for the second time: nothing happens at these. Nothing happens while the time is not known, and what
 * was due before it became known or certain is left out.
 */
export class WallTimes {
  readonly #clock: Pick<Clock, "after">;
  readonly #known: KnownTime;
  readonly #appointments = new Set<Planned>();
  #cancel: Cancel = () => {};

  constructor(clock: Pick<Clock, "after">, known: KnownTime) {
    this.#clock = clock;
    this.#known = known;
    known.onSet(() => {
      const nowMs = this.#nowMs;
      if (nowMs === undefined) return;
      for (const one of this.#appointments) if (one.untilMs === undefined || one.untilMs < nowMs) one.begin(nowMs);
      this.#look();
    });
  }

  /** Does the task at each moment that `next` gives. `next` gets a moment and gives the first one after it. */
  at(next: (after: Date) => Date | undefined, task: () => void): Appointment {
    const one = new Planned(next, task);
    this.#appointments.add(one);
    const nowMs = this.#nowMs;
    if (nowMs !== undefined) one.begin(nowMs);
    this.#plan();
    return {
      get due() {
        return one.dueMs === undefined ? undefined : new Date(one.dueMs);
      },
      cancel: () => void this.#appointments.delete(one),
    };
  }

  /** Ends everything. */
  stop(): void {
    this.#appointments.clear();
    this.#cancel();
  }

  get #nowMs(): number | undefined {
    return this.#known.now()?.getTime();
  }

  #look(): void {
    const nowMs = this.#nowMs;
    if (nowMs !== undefined)
      for (const one of [...this.#appointments]) {
        if (one.untilMs === undefined || one.untilMs - nowMs > longestBackMs) one.begin(nowMs);
        if (one.dueMs === undefined || one.dueMs > nowMs) continue;
        one.begin(nowMs);
        one.task();
      }
    this.#plan();
  }

  #plan(): void {
    this.#cancel();
    const nowMs = this.#nowMs;
    if (this.#appointments.size === 0 || nowMs === undefined) return;
    const dueMs = Math.min(...[...this.#appointments].map((one) => one.dueMs ?? Number.POSITIVE_INFINITY));
    this.#cancel = this.#clock.after(Math.min(Math.max(dueMs - nowMs, 0), longestWaitMs), () => this.#look());
  }
}

class Planned {
  readonly task: () => void;
  readonly #next: (after: Date) => Date | undefined;
  /** All moments until this one are dealt with, in milliseconds of Unix time. Undefined while the time is not known. */
  untilMs: number | undefined;
  dueMs: number | undefined;

  constructor(next: (after: Date) => Date | undefined, task: () => void) {
    this.#next = next;
    this.task = task;
  }

  /** All moments until now are dealt with. */
  begin(nowMs: number): void {
    this.untilMs = nowMs;
    this.dueMs = this.#next(new Date(nowMs))?.getTime();
  }
}
