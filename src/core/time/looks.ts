import type { Cancel, Clock } from "./clock.ts";
import { untilCommonMoment } from "./common-moment.ts";

/** Looks that come by themselves. */
export interface Looks {
  /** The next look comes within so many milliseconds; one that comes sooner anyway is not put off. */
  within(ms: number): void;
}

/** Looks again and again, within so many milliseconds after the look before, at the moments that all such looks have in common. */
export function startLooks(clock: Pick<Clock, "monotonicMs" | "after">, everyMs: number, look: () => void): Looks {
  let dueMs = Number.POSITIVE_INFINITY;
  let cancel: Cancel = () => {};
  const within = (ms: number) => {
    const wantedMs = clock.monotonicMs() + ms;
    if (wantedMs >= dueMs) return;
    cancel();
    dueMs = wantedMs;
    cancel = clock.after(ms, () => {
      dueMs = Number.POSITIVE_INFINITY;
      within(untilCommonMoment(clock, everyMs));
      look();
    });
  };
  within(untilCommonMoment(clock, everyMs));
  return { within };
}
