import type { Cancel } from "./clock.ts";

/** When something is due, and since when it is awaited, on the scale of {@link LastingClock.nowMs}. It can be kept. */
export interface Deadline {
  readonly sinceMs: number;
  readonly dueMs: number;
}

/**
 * A time that goes on over restarts of the agent and of the machine. While the machine is off it stands still. A power cut brings the
 * deadlines nearer that were awaited before it, as soon as the agent learns how long the machine was off.
 */
export interface LastingClock {
  /** Milliseconds, with fractions. They never jump. Only their differences mean something. */
  nowMs(): number;
  /** In how many milliseconds the deadline is due, as far as it is known now; 0 or less: it is due. */
  leftMs(deadline: Deadline): number;
  /** Runs the task once when the deadline is due; never at once. */
  at(deadline: Deadline, task: () => void): Cancel;
}

/** What is due so many milliseconds from now. */
export function inMs(lasting: Pick<LastingClock, "nowMs">, ms: number): Deadline {
  const sinceMs = lasting.nowMs();
  return { sinceMs, dueMs: sinceMs + ms };
}
