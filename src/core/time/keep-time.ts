import type { Cancel, Clock } from "./clock.ts";
import { onceAllIsTold } from "./once-all-is-told.ts";

/** Something that has to be told of the time: a row of presses, a level that waits. */
export interface Timed {
  /** When the next thing happens if nothing changes until then, on the scale of {@link Clock.monotonicMs}; undefined: nothing waits. */
  readonly dueMs: number | undefined;
  /** Says that nothing has changed until now. */
  pass(nowMs: number): void;
}

/** Tells it of the time when that is due, once what happened before has been told. Call what is returned after each change. */
export function keepTime(clock: Clock, timed: Timed): () => void {
  let cancel: Cancel = () => {};
  const wait = () => {
    cancel();
    const { dueMs } = timed;
    if (dueMs === undefined) return;
    cancel = onceAllIsTold(clock, dueMs, () => {
      timed.pass(clock.monotonicMs());
      wait();
    });
  };
  return wait;
}
