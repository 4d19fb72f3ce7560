import type { Endstops } from "./endstops.ts";
import { directionTo, endOf, isKnown, type Place, type TravelTimes, turningMs } from "./place.ts";
import { type Direction, middleOf, percentOf } from "./span.ts";

/** Where a cover is wanted. Its position comes first, its slats after that. What is absent stays as it comes to be. */
export interface Goal {
  /** A whole number from 0, closed, to 100, open. */
  readonly position?: number | undefined;
  /** How far its slats are wanted open, a whole number from 0 to 100. */
  readonly tilt?: number | undefined;
}

/**
 * The goal with what a command leaves out. Without a position it goes on to where it goes now. Without a tilt it keeps its slats as they
 * are, or as they are wanted now; after a move to an end they stay as the move leaves them. `before` is the goal of a cover that moves.
 */
export function completed(wanted: Goal, place: Place, before: Goal | undefined): Goal {
  const isToTheEnd = wanted.position === undefined || directionTo(wanted.position) !== undefined;
  const kept = before === undefined ? (percentOf(place.tilt) ?? undefined) : before.tilt;
  return { position: wanted.position ?? before?.position, tilt: wanted.tilt ?? (isToTheEnd ? undefined : kept) };
}

/** How a cover is driven next: which way, and for how long. */
export interface CoverRun {
  readonly direction: Direction;
  readonly ms: number;
  /** Which part of the goal is reached then; undefined: none, but from there the way to it is known. */
  readonly reaches: keyof Goal | undefined;
  /** Whether an end stop has to end it before the time is over. */
  readonly meetsEndstop: boolean;
}

/** What decides how long a run takes. */
export interface RunRules {
  readonly times: TravelTimes;
  /** How much longer it is driven at an end, in milliseconds, so that it is there for sure. */
  readonly overrunMs: number;
  readonly endstops: Endstops;
}

/** So near to a goal, in percent, nothing is driven. */
const nearEnough = 0.5;

/** How long a run still lasts, in milliseconds, if the cover was driven that way for `drivenMs` already: never longer than the whole way. */
export function leftMs(run: CoverRun, drivenMs: number, rules: RunRules): number {
  return Math.max(0, Math.min(run.ms, longestMs(run.direction, rules) - drivenMs));
}

/** The longest time for which it is driven in one direction without a pause. */
function longestMs(direction: Direction, { times, overrunMs }: RunRules): number {
  return times[direction] + times.tilt + overrunMs;
}

/**
 * The next run to a goal; undefined where it is there. A run to an end is always made, which takes away what the earlier ones were wrong
 * by. Where nobody knows where the cover is, it goes to the end next to the position first.
 */
export function nextRun(place: Place, { position, tilt }: Goal, rules: RunRules): CoverRun | undefined {
  return (position === undefined ? undefined : move(place, position, rules)) ?? turn(place, tilt, rules);
}

function move(place: Place, position: number, rules: RunRules): CoverRun | undefined {
  const { times } = rules;
  const end = directionTo(position);
  if (end !== undefined) return moveToEnd(place, end, "position", rules);
  if (!isKnown(place, times)) return moveToEnd(place, position < 50 ? "close" : "open", undefined, rules);
  const way = position - middleOf(place.position);
  if (Math.abs(way) < nearEnough) return undefined;
  const direction = way > 0 ? "open" : "close";
  const ms = turningMs(middleOf(place.tilt), direction, times) + (Math.abs(way) / 100) * times[direction];
  return { direction, ms, reaches: "position", meetsEndstop: false };
}

function moveToEnd(
  { position, tilt }: Place,
  direction: Direction,
  reaches: "position" | undefined,
  rules: RunRules,
): CoverRun | undefined {
  const { times, overrunMs, endstops } = rules;
  if (endstops.isAt(direction)) return undefined;
  if (endstops.has(direction)) return { direction, ms: longestMs(direction, rules), reaches, meetsEndstop: true };
  const farthest = direction === "open" ? 0 : 1;
  const way = Math.abs(endOf[direction] - position[farthest]) / 100;
  const ms = turningMs(tilt[farthest], direction, times) + way * times[direction] + overrunMs;
  return { direction, ms, reaches, meetsEndstop: false };
}

/** Slats whose tilt nobody knows are turned to the end next to the wanted tilt first. */
function turn({ tilt }: Place, wanted: number | undefined, { times }: RunRules): CoverRun | undefined {
  if (wanted === undefined || times.tilt === 0) return undefined;
  if (percentOf(tilt) === null) {
    const reaches = directionTo(wanted) === undefined ? undefined : "tilt";
    return { direction: wanted < 50 ? "close" : "open", ms: times.tilt, reaches, meetsEndstop: false };
  }
  const way = wanted - middleOf(tilt);
  if (Math.abs(way) < nearEnough) return undefined;
  const direction = way > 0 ? "open" : "close";
  return { direction, ms: (Math.abs(way) / 100) * times.tilt, reaches: "tilt", meetsEndstop: false };
}
