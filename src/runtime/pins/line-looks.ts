import type { Cancel, Clock } from "../../core/time/clock.ts";

/** Lines that are claimed within this time of each other are looked at in the same turn, in milliseconds. */
const togetherMs = 100;

/**
 * Looks at the lines of an agent again and again. Those that were claimed together share a timer, so that the machine wakes once for all
 * of them.
 */
export class LineLooks {
  readonly #clock: Clock;
  readonly #everyMs: number;
  #newest: Round | undefined;

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** Calls `look` again and again, for the first time when one pause is over, or up to a tenth of a second earlier. */
  join(look: () => void): Cancel {
    const latestMs = this.#clock.monotonicMs() + this.#everyMs;
    if (this.#newest === undefined || this.#newest.dueMs < latestMs - togetherMs)
      this.#newest = new Round(this.#clock, this.#everyMs);
    return this.#newest.join(look);
  }
}

/** The lines that share a timer. It runs while there are some. */
class Round {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #members = new Set<{ readonly look: () => void }>();
  #dueMs = Number.NEGATIVE_INFINITY;
  #cancel: Cancel = () => {};

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#wait();
  }

  /** When the next look is, on the scale of the clock. Long ago if there is none, since nobody is left. */
  get dueMs(): number {
    return this.#dueMs;
  }

  join(look: () => void): Cancel {
    const member = { look };
    this.#members.add(member);
    return () => {
      if (!this.#members.delete(member) || this.#members.size > 0) return;
      this.#cancel();
      this.#dueMs = Number.NEGATIVE_INFINITY;
    };
  }

  #wait(): void {
    this.#dueMs = this.#clock.monotonicMs() + this.#everyMs;
    this.#cancel = this.#clock.after(this.#everyMs, () => {
      // First the next time, then the looks: one of them may end the last member.
      this.#wait();
      for (const member of [...this.#members]) if (this.#members.has(member)) member.look();
    });
  }
}
