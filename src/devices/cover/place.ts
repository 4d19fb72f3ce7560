import { anywhere, type Direction, percentOf, type Span } from "./span.ts";

/** Where a cover is, and how far its slats are open. Without slats, `tilt` never changes. */
export interface Place {
  readonly position: Span;
  readonly tilt: Span;
}

/** How long a cover takes for the whole way, in milliseconds, without its slats. */
export interface TravelTimes extends Readonly<Record<Direction, number>> {
  /** How long the slats take to turn at the beginning of a way, from closed to open or back; 0: there are no slats. */
  readonly tilt: number;
}

/** The end to which a direction leads, in percent. */
export const endOf = { open: 100, close: 0 } as const;

/** The direction that leads to this position, if it is an end. */
export function directionTo(position: number | null | undefined): Direction | undefined {
  if (position === 100) return "open";
  return position === 0 ? "close" : undefined;
}

/** How long the slats turn before the cover itself moves, in milliseconds, from this tilt. */
export function turningMs(tilt: number, direction: Direction, times: TravelTimes): number {
  return (Math.abs(endOf[direction] - tilt) / 100) * times.tilt;
}

/**
 * The place after the motor was driven for so long: it turns the slats first, and moves the cover then. At its end nothing moves on, so
 * that a whole way makes any place known.
 */
export function driven({ position, tilt }: Place, direction: Direction, ms: number, times: TravelTimes): Place {
  const sign = direction === "open" ? 1 : -1;
  const turned = (from: number) => (times.tilt === 0 ? from : within(from + (sign * 100 * ms) / times.tilt));
  const moved = (from: number, tiltFrom: number) => {
    const movingMs = Math.max(0, ms - turningMs(tiltFrom, direction, times));
    return within(from + (sign * 100 * movingMs) / times[direction]);
  };
  // Whoever is lower and has the lower slats stays so, whichever way it goes: the two ends of the spans go their ways alone.
  return {
    position: [moved(position[0], tilt[0]), moved(position[1], tilt[1])],
    tilt: [turned(tilt[0]), turned(tilt[1])],
  };
}

function within(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}

/** The places where it can be after it was driven for a time that nobody knows. */
export function withinReach({ position, tilt }: Place, direction: Direction, times: TravelTimes): Place {
  const reach = ([low, high]: Span): Span => (direction === "open" ? [low, 100] : [0, high]);
  return { position: reach(position), tilt: times.tilt === 0 ? tilt : reach(tilt) };
}

/** The place of a cover that is at this end, and that was driven there. */
export function placeAtEnd(direction: Direction): Place {
  const end: Span = [endOf[direction], endOf[direction]];
  return { position: end, tilt: end };
}

/** The place of which nothing is known. */
export const nowhereKnown: Place = { position: anywhere, tilt: anywhere };

/** Whether position and slats are both known. */
export function isKnown({ position, tilt }: Place, times: TravelTimes): boolean {
  return percentOf(position) !== null && (times.tilt === 0 || percentOf(tilt) !== null);
}
