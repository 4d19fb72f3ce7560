import { describe, expect, it } from "vitest";
import { onceAllIsTold } from "../../src/core/time/once-all-is-told.ts";
import { FakeClock } from "../fakes/clock.ts";

/** Notes when the task ran. */
function timed(atMs: number, clock = new FakeClock()) {
  const ran: number[] = [];
  const cancel = onceAllIsTold(clock, atMs, () => ran.push(clock.monotonicMs()));
  return { cancel, clock, ran };
}

describe("a timer that waits for what was before it", () => {
  it("runs at its time on a machine that has time, and at once for a time that is over", async () => {
    for (const atMs of [100, 0, -50]) {
      const { clock, ran } = timed(atMs);
      await clock.advance(1_000);
      expect(ran).toEqual([Math.max(0, atMs)]);
    }
  });

  it("lets pass what waits, once, when the machine was busy, however busy it stays", async () => {
    const { clock, ran } = timed(100);
    clock.stall(500);
    await clock.advance(0);
    expect(ran).toEqual([]);
    clock.stall(500);
    await clock.advance(0);
    expect(ran).toEqual([1_000]);
  });

  it("lets pass what waits also where it is not late, because it became due at the end of the busy time", async () => {
    for (const lateMs of [0, 5]) {
      const { cancel, clock, ran } = timed(100);
      clock.stall(100 + lateMs);
      // What waits is read after the timers that are due, and before those that they set.
      clock.after(0, cancel);
      await clock.advance(1_000);
      expect(ran).toEqual([]);
    }
  });

  it("is cancelled before its time, and while it lets others pass", async () => {
    for (const stallMs of [0, 500]) {
      const { cancel, clock, ran } = timed(100);
      clock.stall(stallMs);
      await clock.advance(0);
      cancel();
      await clock.advance(1_000);
      expect(ran).toEqual([]);
      expect(clock.pending).toBe(0);
    }
  });
});
