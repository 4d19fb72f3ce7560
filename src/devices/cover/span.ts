/** The way that a cover is driven. */
export type Direction = "open" | "close";

/**
 * Between which two values something is, in percent: 0 is closed, 100 is open. Both are the same where it is known; 0 and 100 say that it
 * can be anywhere.
 */
export type Span = readonly [low: number, high: number];

/** Nobody knows where it is. */
export const anywhere: Span = [0, 100];

/** So many percent make no difference that a person could see. */
const tolerance = 1;

/** The value as a whole number; null where it is not known. */
export function percentOf([low, high]: Span): number | null {
  return high - low > tolerance ? null : Math.round((low + high) / 2);
}

/** The middle of the span, exactly. */
export function middleOf([low, high]: Span): number {
  return (low + high) / 2;
}

/** What a cover is while nothing moves it: closed at 0, and open at all else; null where it can be either. */
export function restWord(position: Span): "open" | "closed" | null {
  const value = percentOf(position);
  if (value === 0) return "closed";
  return value !== null || position[0] > tolerance ? "open" : null;
}
