import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";

const start = new Date("2026-06-21T06:00:00Z");
const pause = (clock: VirtualClock, ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

describe("virtual time", () => {
  it("passes by jumps while work is under way, for both kinds of time", async () => {
    const clock = new VirtualClock(start);
    await clock.run(pause(clock, 24 * 3_600_000));
    expect(clock.monotonicMs()).toBe(24 * 3_600_000);
    expect(clock.now()).toEqual(new Date("2026-06-22T06:00:00Z"));
  });

  it("runs timers in the order in which they are due, those of one instant as they were asked for", async () => {
    const clock = new VirtualClock(start);
    const order: string[] = [];
    clock.after(20, () => order.push(`late at ${clock.monotonicMs()}`));
    clock.after(10, () => order.push(`one at ${clock.monotonicMs()}`));
    clock.after(10, () => order.push(`two at ${clock.monotonicMs()}`));
    await clock.run(pause(clock, 30));
    expect(order).toEqual(["one at 10", "two at 10", "late at 20"]);
  });

  it("lets everything that needs no time happen before the next timer", async () => {
    const clock = new VirtualClock(start);
    const order: string[] = [];
    clock.after(1, async () => {
      for (let turn = 0; turn < 50; turn += 1) await undefined;
      order.push("promises");
    });
    clock.after(2, () => order.push("timer"));
    await clock.run(pause(clock, 3));
    expect(order).toEqual(["promises", "timer"]);
  });

  it("forgets a timer that is cancelled", async () => {
    const clock = new VirtualClock(start);
    const cancel = clock.after(5, () => expect.fail("the timer ran"));
    cancel();
    cancel();
    await clock.run(pause(clock, 10));
  });

  it("ends where the work ends, and leaves later timers alone", async () => {
    const clock = new VirtualClock(start);
    clock.after(100, () => expect.fail("the timer ran"));
    expect(await clock.run(pause(clock, 10).then(() => "done"))).toBe("done");
    expect(clock.monotonicMs()).toBe(10);
  });

  it("hands on what the work or a timer throws", async () => {
    const clock = new VirtualClock(start);
    const failing = pause(clock, 10).then(() => Promise.reject(new Error("broken")));
    await expect(clock.run(failing)).rejects.toThrow("broken");
    clock.after(1, () => {
      throw new Error("bad timer");
    });
    await expect(clock.run(pause(clock, 10))).rejects.toThrow("bad timer");
  });

  it("ends with a sentence where timers of no length never end, or nothing is left to wait for", async () => {
    const clock = new VirtualClock(start);
    const again = () => void clock.after(0, again);
    clock.after(1_000, again);
    await expect(clock.run(pause(clock, 2_000))).rejects.toThrow(
      "time stands still: 100000 timers ran at one instant, and there are more, 1 s after the start",
    );
    await expect(new VirtualClock(start).run(new Promise(() => {}))).rejects.toThrow(
      "nothing is left to happen, and the work has not ended, 0 s after the start",
    );
  });

  it("is not taken for standing still by the many things that happen at one instant", async () => {
    const clock = new VirtualClock(start);
    let ran = 0;
    for (let count = 0; count < 20_000; count += 1) clock.after(5, () => (ran += 1));
    await clock.run(pause(clock, 10));
    expect(ran).toBe(20_000);
  });
});
