import type { Clock } from "../../core/time/clock.ts";
import { type Direction, directionOf, type Phase } from "./phase.ts";

const ends = { open: 100, close: 0 } as const;

/** Knows by time how far a door has still to go: one that was stopped half-way is at its end in half the time. */
export class Course {
  readonly #times: Readonly<Record<Direction, number>>;
  readonly #clock: Pick<Clock, "monotonicMs">;
  /** Where it was when the phase began, from 0, closed, to 100, open; undefined: nobody knows. */
  #place: number | undefined;
  #way: Direction | undefined;
  #sinceMs = 0;

  /** `times` is for the whole way, in milliseconds. */
  constructor(times: Readonly<Record<Direction, number>>, clock: Pick<Clock, "monotonicMs">) {
    this.#times = times;
    this.#clock = clock;
  }

  /** The door is in this phase from now on. */
  begin(phase: Phase): void {
    const nowMs = this.#clock.monotonicMs();
    if (phase === "open" || phase === "closed") this.#place = phase === "open" ? 100 : 0;
    else if (phase === "unknown") this.#place = undefined;
    else if (this.#place !== undefined && this.#way !== undefined) {
      const sign = this.#way === "open" ? 1 : -1;
      const moved = this.#place + (sign * 100 * (nowMs - this.#sinceMs)) / this.#times[this.#way];
      this.#place = Math.min(100, Math.max(0, moved));
    }
    this.#way = directionOf(phase);
    this.#sinceMs = nowMs;
  }

  /** How long it takes from where it is to the end of this way, in milliseconds; the whole time where nobody knows where it is. */
  leftMs(way: Direction): number {
    const share = this.#place === undefined ? 1 : Math.abs(ends[way] - this.#place) / 100;
    return share * this.#times[way];
  }
}
