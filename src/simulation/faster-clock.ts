import type { Clock } from "../core/clock.ts";

/** A clock that goes so many times faster than another, from now on. */
export function fasterClock(clock: Clock, speed: number): Clock {
  const startedAt = clock.now().getTime();
  const startMs = clock.monotonicMs();
  const passedMs = () => (clock.monotonicMs() - startMs) * speed;
  return {
    now: () => new Date(startedAt + passedMs()),
    monotonicMs: passedMs,
    after: (ms, task) => clock.after(ms / speed, task),
  };
}
