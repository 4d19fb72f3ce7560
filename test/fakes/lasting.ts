import type { Clock } from "../../src/core/time/clock.ts";
import type { LastingClock } from "../../src/core/time/lasting-clock.ts";

/** The lasting time of a machine that never restarts. */
export function lastingOver(clock: Pick<Clock, "monotonicMs" | "after">): LastingClock {
  return {
    nowMs: () => clock.monotonicMs(),
    at: (dueMs, task) => clock.after(Math.max(0, dueMs - clock.monotonicMs()), task),
  };
}
