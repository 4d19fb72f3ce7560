import { describe, expect, it } from "vitest";
import { startLooks } from "../../src/core/time/looks.ts";
import { FakeClock } from "../fakes/clock.ts";

describe("looks that come by themselves", () => {
  it("come at the same moments, whenever they were started, so that the machine wakes once for all", async () => {
    const clock = new FakeClock({ monotonicMs: 1_234 });
    const times: Record<string, number[]> = { first: [], second: [] };
    startLooks(clock, 10_000, () => times["first"]?.push(clock.monotonicMs()));
    await clock.advance(3_000);
    startLooks(clock, 10_000, () => times["second"]?.push(clock.monotonicMs()));
    await clock.advance(30_000);
    expect(times).toEqual({ first: [10_000, 20_000, 30_000], second: [10_000, 20_000, 30_000] });
  });

  it("come sooner where that is asked for, and then at the common moments again", async () => {
    const clock = new FakeClock();
    const times: number[] = [];
    const looks = startLooks(clock, 10_000, () => times.push(clock.monotonicMs()));
    await clock.advance(12_000);
    looks.within(1_000);
    looks.within(5_000);
    await clock.advance(18_000);
    expect(times).toEqual([10_000, 13_000, 20_000, 30_000]);
  });

  it.each([0.4, 0.9])("come once each time where timers run %f ms early", async (earlyMs) => {
    const clock = new FakeClock({ earlyMs: () => earlyMs });
    let looks = 0;
    startLooks(clock, 5_000, () => {
      looks += 1;
    });
    await clock.advance(60_000);
    expect(looks).toBe(12);
  });
});
