import type { Clock } from "./clock.ts";

/** A moment that is nearer than this was meant by the timer that has just run, perhaps a hair early. */
const atOnceMs = 50;

/**
 * How many milliseconds it is until the next moment that all have in common who do something every so many milliseconds: the machine then
 * wakes once for all of them. It is at most as long as the interval, or a hair longer.
 */
export function untilCommonMoment(clock: Pick<Clock, "monotonicMs">, everyMs: number): number {
  const leftMs = everyMs - (clock.monotonicMs() % everyMs);
  return leftMs < Math.min(atOnceMs, everyMs / 2) ? leftMs + everyMs : leftMs;
}
