import type { Cancel, Clock } from "./clock.ts";

/** A timer that is later than this, in milliseconds, comes from a machine that was busy; else they are one or two late. */
const lateMs = 10;

/**
 * Runs the task at a time on the scale of {@link Clock.monotonicMs}, once what happened before it has been told. When the machine was busy,
 * timers that are due run before the edges that wait are read. So the task runs only with the timers after those: at once, or 10 ms later if
 * the timer is late.
 */
export function onceAllIsTold(clock: Clock, atMs: number, task: () => void): Cancel {
  const dueMs = Math.max(atMs, clock.monotonicMs());
  let cancel = clock.after(dueMs - clock.monotonicMs(), () => {
    cancel = clock.after(clock.monotonicMs() - dueMs > lateMs ? lateMs : 0, task);
  });
  return () => cancel();
}
