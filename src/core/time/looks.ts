import type { Cancel, Clock } from "./clock.ts";

/** Looks that come by themselves. */
export interface Looks {
  /** The next look comes within so many milliseconds; one that comes sooner anyway is not put off. */
  within(ms: number): void;
}

/** Looks again and again, so many milliseconds after the look before. */
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
      within(everyMs);
      look();
    });
  };
  within(everyMs);
  return { within };
}
