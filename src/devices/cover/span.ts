/** The way that a cover is driven. */
export type Direction = "open" | "close";

/**
 * Between which two positions a cover is, in percent: 0 is closed, 100 is open. Both are the same where its position is known; 0 and 100
 * say that it can be anywhere.
 */
export type Span = readonly [low: number, high: number];

/** How long a cover takes for the whole way, in milliseconds. */
export type TravelTimes = Readonly<Record<Direction, number>>;

/** Nobody knows where the cover is. */
export const anywhere: Span = [0, 100];

/** So many percent make no difference that a person could see. */
const tolerance = 1;

/** Where it is after it was driven for so long. At its end it does not move on, so that a whole way makes any position known. */
export function driven([low, high]: Span, direction: Direction, ms: number, times: TravelTimes): Span {
  const way = (direction === "open" ? 100 : -100) * (ms / times[direction]);
  const within = (position: number) => Math.min(100, Math.max(0, position + way));
  return [within(low), within(high)];
}

/** Where it can be once it was driven for a time that nobody knows. */
export function withinReach([low, high]: Span, direction: Direction): Span {
  return direction === "open" ? [low, 100] : [0, high];
}

/** Its position as a whole number; null where it is not known. */
export function positionOf([low, high]: Span): number | null {
  return high - low > tolerance ? null : Math.round((low + high) / 2);
}

/** What it is while nothing moves it: closed at 0, and open at all else; null where it can be either. */
export function restWord(span: Span): "open" | "closed" | null {
  const position = positionOf(span);
  if (position === 0) return "closed";
  return position !== null || span[0] > tolerance ? "open" : null;
}
