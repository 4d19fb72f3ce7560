import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/core/time/clock.ts";
import { FakeClock } from "../fakes/clock.ts";

const dayMs = 24 * 3_600_000;

describe("the machine's clock", () => {
  describe("with the timers of Node.js, which reach 24.8 days", () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] }));
    afterEach(() => void vi.useRealTimers());

    it.each([25 * dayMs, 100 * dayMs, 2 ** 31])("runs a timer of %i ms once, and not before", async (ms) => {
      let ran = 0;
      systemClock.after(ms, () => {
        ran += 1;
      });
      await vi.advanceTimersByTimeAsync(ms - 1);
      expect(ran).toBe(0);
      await vi.advanceTimersByTimeAsync(10);
      expect(ran).toBe(1);
      await vi.advanceTimersByTimeAsync(100 * dayMs);
      expect(ran).toBe(1);
    });

    it("takes a long timer back, also late, and never runs one that has no end", async () => {
      let ran = 0;
      const cancel = systemClock.after(60 * dayMs, () => {
        ran += 1;
      });
      systemClock.after(Number.POSITIVE_INFINITY, () => {
        ran += 1;
      });
      await vi.advanceTimersByTimeAsync(50 * dayMs);
      cancel();
      cancel();
      await vi.advanceTimersByTimeAsync(50 * dayMs);
      expect(ran).toBe(0);
      expect(vi.getTimerCount()).toBe(1);
    });

    it("runs one whose time has passed soon", async () => {
      let ran = 0;
      for (const ms of [0, -5]) systemClock.after(ms, () => (ran += 1));
      await vi.advanceTimersByTimeAsync(2);
      expect(ran).toBe(2);
    });
  });

  it("runs no timer early, not by a fraction of a millisecond, and wakes the machine once for each", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    for (let round = 0; round < 100; round += 1) {
      const ms = (round * 0.37) % 3;
      const dueMs = systemClock.monotonicMs() + ms;
      const leftMs = await new Promise<number>((resolve) =>
        systemClock.after(ms, () => resolve(dueMs - systemClock.monotonicMs())),
      );
      expect(leftMs).toBeLessThanOrEqual(0);
    }
    // Some more where the kernel's quick clock is a coarse one.
    expect(timers.mock.calls.length).toBeLessThan(110);
    timers.mockRestore();
  });
});

describe("the clock of the tests", () => {
  it("refuses to stand still for ever", async () => {
    const clock = new FakeClock();
    const again = () => void clock.after(0, again);
    clock.after(5, again);
    await expect(clock.advance(10)).rejects.toThrow("time stands still: 10000 timers ran at 5 ms, and there are more");
  });
});
