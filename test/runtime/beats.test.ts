import { describe, expect, it } from "vitest";
import { Beats } from "../../src/runtime/device/beats.ts";
import { FakeClock } from "../fakes/clock.ts";

function listening(clock: FakeClock, beats: Beats, everyMs: number) {
  const times: number[] = [];
  const cancel = beats.listen(everyMs, () => times.push(clock.monotonicMs()));
  return { times, cancel };
}

describe("beats", () => {
  it("wake the machine once for all listeners of an interval, whenever they began", async () => {
    const clock = new FakeClock();
    const beats = new Beats(clock, () => 0.25);
    const all: number[][] = [];
    for (let count = 0; count < 20; count += 1) {
      all.push(listening(clock, beats, 1_000).times);
      await clock.advance(17);
    }
    expect(clock.pending).toBe(1);
    await clock.advance(3_000);
    for (const times of all) expect(times.slice(-3)).toEqual([1_250, 2_250, 3_250]);
  });

  it("coincide where one interval is a multiple of the other", async () => {
    const clock = new FakeClock();
    const beats = new Beats(clock, () => 0.5);
    const often = listening(clock, beats, 5_000);
    await clock.advance(7_000);
    const seldom = listening(clock, beats, 15_000);
    await clock.advance(60_000);
    expect(seldom.times).toEqual([7_500, 15_500, 30_500, 45_500, 60_500]);
    expect(often.times).toEqual(expect.arrayContaining(seldom.times.slice(1)));
  });

  it.each([100, 1_000, 60_000, 86_400_000])("begin within a second with an interval of %i ms", async (everyMs) => {
    const clock = new FakeClock();
    const beats = new Beats(clock, () => 0.9);
    await clock.advance(123_456);
    const { times } = listening(clock, beats, everyMs);
    await clock.advance(1_000);
    expect(times.length).toBeGreaterThan(0);
    expect(times[0]).toBeLessThan(123_456 + Math.min(everyMs, 1_000) + 1);
  });

  it("of several agents that start together are not at one instant", async () => {
    const clock = new FakeClock();
    const phases = [0.1, 0.6].map((random) => listening(clock, new Beats(clock, () => random), 60_000));
    await clock.advance(61_000);
    expect(phases.map(({ times }) => times)).toEqual([
      [100, 60_100],
      [600, 60_600],
    ]);
  });

  it("go on for the others when one listener leaves, also during a beat, and end with the last", async () => {
    const clock = new FakeClock();
    const beats = new Beats(clock, () => 0);
    const first = listening(clock, beats, 2_000);
    let leaves = 0;
    const leaving = beats.listen(2_000, () => {
      leaves += 1;
      leaving();
      third.cancel();
    });
    const third = listening(clock, beats, 2_000);
    await clock.advance(2_000);
    expect(leaves).toBe(1);
    expect(first.times.at(-1)).toBe(2_000);
    expect(third.times).toEqual([]);
    first.cancel();
    first.cancel();
    expect(clock.pending).toBe(0);
  });

  it("come once each where timers fire early, and are left out where the machine stood still", async () => {
    const clock = new FakeClock({ earlyMs: () => 0.9 });
    const { times } = listening(clock, new Beats(clock, () => 0), 1_000);
    await clock.advance(100_500);
    expect(times).toHaveLength(101);
    // A task that takes as long as three beats.
    const busy = new FakeClock();
    const beats = new Beats(busy, () => 0);
    const heard = listening(busy, beats, 1_000);
    await busy.advance(1_500);
    busy.stall(3_000);
    await busy.advance(2_000);
    expect(heard.times).toEqual([0, 1_000, 4_500, 5_000, 6_000]);
  });
});
