import type { Clock } from "../core/time/clock.ts";

/**
 * A clock that goes so many times faster than another, from now on. Its timers are the other's: as exact as those, times the speed.
 */
export function fasterClock(clock: Clock, speed: number): Clock {
  const startedAt = clock.now().getTime();
  const startMs = clock.monotonicMs();
  const passedMs = () => (clock.monotonicMs() - startMs) * speed;
  return {
    now: () => new Date(startedAt + passedMs()),
    monotonicMs: passedMs,
    after(ms, task) {
      const dueMs = passedMs() + ms;
      // What is left where the division was rounded to the early side is less than any clock can wait for: a millisecond does.
      const look = () => {
        if (passedMs() < dueMs) cancel = clock.after(1, look);
        else task();
      };
      let cancel = clock.after(ms / speed, look);
      return () => cancel();
    },
  };
}
