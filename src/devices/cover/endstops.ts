import { directionTo, type Place, placeAtEnd } from "./place.ts";
import { type Direction, percentOf } from "./span.ts";

/** Why a cover is not driven, or why nobody knows where it is: the word in its state. */
export const coverProblems = ["endstop_not_reached", "both_endstops", "wrong_endstop"] as const;

/** One of {@link coverProblems}. */
export type CoverProblem = (typeof coverProblems)[number];

/** What each of them means, for the log and for the sender of a command. */
export const problemTexts: Readonly<Record<CoverProblem, string>> = {
  endstop_not_reached:
    "it did not reach its end stop in time; check the motor, the end stop and its wire, open_time and close_time",
  both_endstops: "both end stops say that it is there, so it is not moved; check their wires and endstop_active_low",
  wrong_endstop:
    "it met the end stop of the other end, so it is not moved; check whether open_endstop_pin and close_endstop_pin, or the two relays, are swapped",
};

/** What the end stops of a cover say. */
export class Endstops {
  /** What is wrong; undefined: nothing, as far as they see. */
  problem: CoverProblem | undefined;
  readonly #isAt = new Map<Direction, boolean>();

  /** Takes what an end stop says: whether the cover is there. */
  set(end: Direction, isAt: boolean): void {
    this.#isAt.set(end, isAt);
  }

  /** Whether there is an end stop at this end. */
  has(end: Direction): boolean {
    return this.#isAt.has(end);
  }

  /** Whether an end stop says that the cover is at this end. */
  isAt(end: Direction): boolean {
    return this.#isAt.get(end) ?? false;
  }

  /** Whether there is an end stop at this end that says that the cover is not there. */
  isOff(end: Direction): boolean {
    return this.#isAt.get(end) === false;
  }

  /** Whether both say that the cover is there. */
  get areBoth(): boolean {
    return this.isAt("open") && this.isAt("close");
  }

  /** Why the cover must not be moved now: what the end stops say cannot be. Undefined: it may be moved. */
  get fault(): CoverProblem | undefined {
    if (this.areBoth) return "both_endstops";
    const isWrong = this.problem === "wrong_endstop" && (this.isAt("open") || this.isAt("close"));
    return isWrong ? "wrong_endstop" : undefined;
  }

  /** The end at which the cover is; undefined: at none, or the end stops cannot be trusted. */
  get end(): Direction | undefined {
    if (this.fault !== undefined) return undefined;
    return (["open", "close"] as const).find((end) => this.isAt(end));
  }

  /** Where a cover stands that was counted to be at this place. At its end it is only if no end stop says that it is not. */
  settled(place: Place): Place {
    if (this.end !== undefined) return placeAtEnd(this.end);
    const end = directionTo(percentOf(place.position));
    if (end === undefined || !this.isOff(end)) return place;
    const position = end === "open" ? 99 : 1;
    return { ...place, position: [position, position] };
  }

  /** A position as it is told: it is never an end where an end stop says that the cover is not there. */
  corrected(position: number | null): number | null {
    if (position === 100 && this.isOff("open")) return 99;
    return position === 0 && this.isOff("close") ? 1 : position;
  }
}
