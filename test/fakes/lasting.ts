import type { Clock } from "../../src/core/time/clock.ts";
import type { LastingClock } from "../../src/core/time/lasting-clock.ts";

/** The lasting time of a machine that never restarts. */
export function lastingOver(clock: Pick<Clock, "monotonicMs" | "after">): LastingClock {
  const nowMs = () => clock.monotonicMs();
  return {
    nowMs,
    leftMs: ({ dueMs }) => dueMs - nowMs(),
    at: ({ dueMs }, task) => clock.after(Math.max(0, dueMs - nowMs()), task),
  };
}
