import type { Clock } from "../core/time/clock.ts";

/**
 * A clock that runs `speed` times faster than another, from now on. It uses the other clock's timers, so a timer that is a millisecond late
 * is late by `speed` milliseconds of this clock. `starts` is the time of day at which it begins.
 */
export function fasterClock(clock: Clock, speed: number, starts = clock.now()): Clock {
  const startedAt = starts.getTime();
  const startMs = clock.monotonicMs();
  const passedMs = () => (clock.monotonicMs() - startMs) * speed;
  return {
    now: () => new Date(startedAt + passedMs()),
    monotonicMs: passedMs,
    after(ms, task) {
      const dueMs = passedMs() + ms;
      // Rounding may make the timer too early by less than any clock can wait for. Then it waits one more millisecond.
      const look = () => {
        if (passedMs() < dueMs) cancel = clock.after(1, look);
        else task();
      };
      let cancel = clock.after(ms / speed, look);
      return () => cancel();
    },
  };
}
