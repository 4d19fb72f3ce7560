import type { Cancel, Clock } from "./clock.ts";

/** A timer that is later than this, in milliseconds, comes from a machine that was busy; else they are one or two late. */
const lateMs = 10;

/**
 * Runs the task at a time on the scale of {@link Clock.monotonicMs}, once what happened before it has been told. When the machine was
 * busy for long, timers run before the edges that wait: a timer that is late lets them pass, and runs 10 ms later.
 */
export function onceAllIsTold(clock: Clock, atMs: number, task: () => void): Cancel {
  const dueMs = Math.max(atMs, clock.monotonicMs());
  let cancel = clock.after(dueMs - clock.monotonicMs(), () => {
    if (clock.monotonicMs() - dueMs > lateMs) cancel = clock.after(lateMs, task);
    else task();
  });
  return () => cancel();
}
