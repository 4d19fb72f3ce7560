import type { Clock } from "../../time/clock.ts";

/** Runs the task every so many milliseconds. It ends with the clock's device. */
export function again(clock: Pick<Clock, "after">, everyMs: number, task: () => void): void {
  clock.after(everyMs, () => {
    again(clock, everyMs, task);
    task();
  });
}
