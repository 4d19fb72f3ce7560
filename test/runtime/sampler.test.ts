import { describe, expect, it } from "vitest";
import { FakeClock } from "../fakes/clock.ts";
import { sampling, taking } from "./sampling.ts";

/** Numbers that look like chance and are the same in every run, from 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] as number));

describe("sampling", () => {
  it("keeps its beat, however long a reading takes", async () => {
    const clock = new FakeClock();
    const { times } = sampling(
      taking(clock, () => 700),
      1_000,
      undefined,
      clock,
    );
    await clock.advance(3_500);
    expect(times).toEqual([0, 1_000, 2_000, 3_000]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "reads once each beat where timers fire a hair early and readings take any time (%i)",
    async (seed) => {
      const random = chance(seed);
      const clock = new FakeClock({ earlyMs: random });
      const everyMs = 1_000 * seed;
      const duration = () => (random() < 0.5 ? random() : random() * 0.9 * everyMs);
      const { times } = sampling(taking(clock, duration), everyMs, undefined, clock);
      await clock.advance(199.5 * everyMs);
      expect(times).toHaveLength(200);
      expect(Math.min(...gaps(times))).toBeGreaterThan(everyMs / 2);
    },
  );

  it.each([1, 2, 3, 4])("leaves out the beats that pass during a reading, and no other (%i)", async (seed) => {
    const random = chance(seed);
    const clock = new FakeClock({ earlyMs: random });
    const everyMs = 1_000;
    const expected: number[] = [];
    let freeAtMs = 0;
    const duration = () => {
      expected.push(freeAtMs);
      // It ends well between two beats, so that it is clear which ones it misses.
      const beats = Math.floor(random() * 4);
      freeAtMs += (beats + 1) * everyMs;
      return beats * everyMs + 100 + random() * 800;
    };
    const { times } = sampling(taking(clock, duration), everyMs, undefined, clock);
    await clock.advance(300_500);
    expect(times.map((time) => Math.round(time / everyMs) * everyMs)).toEqual(expected);
    expect(freeAtMs).toBeGreaterThan(300_000);
  });

  it("never begins a reading before the one before has ended", async () => {
    const clock = new FakeClock();
    let underWay = 0;
    let most = 0;
    const slow = () => {
      underWay += 1;
      most = Math.max(most, underWay);
      return new Promise<number>((resolve) =>
        clock.after(2_500, () => {
          underWay -= 1;
          resolve(1);
        }),
      );
    };
    const { times } = sampling(slow, 1_000, undefined, clock);
    await clock.advance(10_000);
    expect(most).toBe(1);
    expect(times).toEqual([0, 3_000, 6_000, 9_000]);
  });

  it("tries soon after a first failure, and then back on the beat", async () => {
    let isBroken = true;
    const { clock, failures, times } = sampling(
      () => (isBroken ? Promise.reject(new Error("no")) : Promise.resolve(1)),
      60_000,
    );
    await clock.advance(150_000);
    isBroken = false;
    await clock.advance(150_000);
    expect(times).toEqual([0, 3_000, 6_000, 60_000, 120_000, 180_000, 240_000, 300_000]);
    expect(failures).toEqual([1, 2, 3, 4, 5]);
  });

  it("does not take a retry and a beat shortly after each other", async () => {
    const answers = [Promise.reject(new Error("no"))];
    answers[0]?.catch(() => {});
    const { clock, times } = sampling(() => answers.shift() ?? Promise.resolve(1), 4_000);
    await clock.advance(12_000);
    expect(times).toEqual([0, 3_000, 8_000, 12_000]);
  });

  it.each([
    // A minute, or ten intervals: whichever is less, but at least one interval.
    { everyMs: 1_000, longestMs: 10_000 },
    { everyMs: 3_000, longestMs: 30_000 },
    { everyMs: 7_000, longestMs: 56_000 },
    { everyMs: 30_000, longestMs: 60_000 },
    { everyMs: 60_000, longestMs: 60_000 },
    { everyMs: 3_600_000, longestMs: 3_600_000 },
  ])("pauses $longestMs ms at the longest where it is read every $everyMs ms", async ({ everyMs, longestMs }) => {
    let isBroken = true;
    const { clock, readings, times } = sampling(
      () => (isBroken ? Promise.reject(new Error("no")) : Promise.resolve(1)),
      everyMs,
    );
    await clock.advance(100 * everyMs + 1_000_000);
    expect(Math.max(...gaps(times))).toBe(longestMs);
    isBroken = false;
    await clock.advance(longestMs);
    expect(readings.length).toBeGreaterThan(0);
  });

  it("pauses longer from failure to failure", async () => {
    const { clock, times } = sampling(() => Promise.reject(new Error("no")), 3_000);
    await clock.advance(150_000);
    expect(gaps(times)).toEqual([3_000, 3_000, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000, 30_000]);
  });

  it("takes a reading that never ends for a failure, again and again, and recovers when it ends", async () => {
    let end: (value: number) => void = () => {};
    const readingsToCome = [new Promise<number>((resolve) => (end = resolve))];
    const { clock, failures, readings } = sampling(() => readingsToCome.shift() ?? Promise.resolve(2), 5_000);
    await clock.advance(60_000);
    expect(failures.slice(0, 3)).toEqual([1, 2, 3]);
    end(1);
    await clock.advance(60_000);
    expect(readings[0]).toBe(2);
  });

  it("waits longer for a sensor that says that it may take longer", async () => {
    const clock = new FakeClock();
    const read = taking(clock, () => 12_000);
    const usual = sampling(read, 60_000, undefined, clock);
    const slow = sampling(read, 60_000, undefined, clock, { timeoutMs: 20_000 });
    await clock.advance(12_000);
    expect([usual.failures, usual.readings]).toEqual([[1], []]);
    expect([slow.failures, slow.readings]).toEqual([[], [1]]);
  });
});
