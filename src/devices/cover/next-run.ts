import { type Direction, positionOf, type Span, type TravelTimes } from "./span.ts";

/** How a cover is driven next: which way, and for how long. */
export interface CoverRun {
  readonly direction: Direction;
  readonly ms: number;
}

/** What decides how long a run takes, in milliseconds. */
export interface RunTimes {
  readonly times: TravelTimes;
  /** How much longer it is driven at an end, so that it is there for sure. */
  readonly overrunMs: number;
}

/**
 * The next run to a position, a whole number from 0 to 100; undefined where it is there. A run to an end is always made, which takes away
 * what the earlier ones were wrong by. Where nobody knows where the cover is, it goes to the end next to the position first.
 */
export function nextRun(span: Span, position: number, run: RunTimes): CoverRun | undefined {
  const { times, overrunMs } = run;
  const [low, high] = span;
  if (position === 100) return { direction: "open", ms: ((100 - low) / 100) * times.open + overrunMs };
  if (position === 0) return { direction: "close", ms: (high / 100) * times.close + overrunMs };
  if (positionOf(span) === null) return nextRun(span, position < 50 ? 0 : 100, run);
  const way = position - (low + high) / 2;
  if (Math.abs(way) < 0.5) return undefined;
  const direction = way > 0 ? "open" : "close";
  return { direction, ms: (Math.abs(way) / 100) * times[direction] };
}
