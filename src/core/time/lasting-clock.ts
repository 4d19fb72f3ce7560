import type { Cancel } from "./clock.ts";

/**
 * A time that goes on over restarts of the agent and of the machine. A deadline is one number on its scale, and can be kept. It never goes
 * back. It may jump ahead once after a power cut, when the agent learns for how long the machine was off.
 */
export interface LastingClock {
  /** Milliseconds, with fractions. Only their differences mean something. */
  nowMs(): number;
  /** Runs the task once when {@link nowMs} has reached `dueMs`; never at once. */
  at(dueMs: number, task: () => void): Cancel;
}
