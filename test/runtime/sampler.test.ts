import { describe, expect, it } from "vitest";
import { Beats } from "../../src/runtime/device/beats.ts";
import { startSampling } from "../../src/runtime/device/sampler.ts";
import { takingTurns } from "../../src/runtime/device/taking-turns.ts";
import { FakeClock } from "../fakes/clock.ts";

/** A sensor that is read on a clock that a test moves, from its first beat at 0 on. */
function sampling(
  read: () => Promise<number>,
  everyMs: number,
  oneAtATime?: string,
  clock = new FakeClock(),
  { inTurn = takingTurns(), beats = new Beats(clock, () => 0), timeoutMs = undefined as number | undefined } = {},
) {
  const readings: number[] = [];
  const failures: number[] = [];
  const times: number[] = [];
  const cancel = startSampling(
    {
      everyMs,
      oneAtATime,
      timeoutMs,
      read: () => {
        times.push(clock.monotonicMs());
        return read();
      },
    },
    {
      clock,
      beats,
      inTurn,
      onReading: (value) => readings.push(value as number),
      onFailure: (_error, inARow) => failures.push(inARow),
    },
  );
  return { clock, readings, failures, times, cancel };
}

/** A reading that takes so long. */
const taking = (clock: FakeClock, ms: () => number) => () =>
  new Promise<number>((resolve) => clock.after(ms(), () => resolve(1)));

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

  it("reads sensors with the same word one at a time, and the others at once", async () => {
    const clock = new FakeClock();
    const shared = { inTurn: takingTurns(), beats: new Beats(clock, () => 0) };
    const order: string[] = [];
    const slow = (name: string) => () =>
      new Promise<number>((resolve) => {
        order.push(`${name} begins`);
        clock.after(750, () => {
          order.push(`${name} ends`);
          resolve(1);
        });
      });
    sampling(slow("a"), 10_000, "w1", clock, shared);
    sampling(slow("b"), 10_000, "w1", clock, shared);
    sampling(slow("c"), 10_000, undefined, clock, shared);
    await clock.advance(5_000);
    expect(order.filter((line) => !line.startsWith("c"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
    expect(order.indexOf("c begins")).toBeLessThan(order.indexOf("a ends"));
  });

  it("leaves a beat out rather than read again right after a turn that came late", async () => {
    const clock = new FakeClock();
    const shared = { inTurn: takingTurns(), beats: new Beats(clock, () => 0) };
    let hangs = true;
    const hanging = () => taking(clock, () => (hangs ? 2_500 : 100))();
    sampling(hanging, 3_000, "dht", clock, shared);
    const { times } = sampling(async () => 1, 3_000, "dht", clock, shared);
    await clock.advance(2_600);
    hangs = false;
    await clock.advance(7_000);
    expect(times).toEqual([2_500, 6_100, 9_100]);
  });

  it("reads all sensors of a word once an interval, where their readings just fit into it", async () => {
    const clock = new FakeClock();
    const shared = { inTurn: takingTurns(), beats: new Beats(clock, () => 0) };
    const all = [1, 2, 3, 4].map(() =>
      sampling(
        taking(clock, () => 740),
        3_000,
        "w1",
        clock,
        shared,
      ),
    );
    await clock.advance(29_999);
    expect(all.map(({ times }) => times.length)).toEqual([10, 10, 10, 10]);
  });

  it("ends when it is cancelled, even during a reading, or while it waits for its turn", async () => {
    const clock = new FakeClock();
    const shared = { inTurn: takingTurns(), beats: new Beats(clock, () => 0) };
    const slow = taking(clock, () => 500);
    const first = sampling(slow, 1_000, "w1", clock, shared);
    const second = sampling(slow, 1_000, "w1", clock, shared);
    await clock.advance(100);
    first.cancel();
    second.cancel();
    await clock.advance(20_000);
    expect(first.times).toEqual([0]);
    expect(first.readings).toEqual([]);
    expect(second.times).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("leaves a bus alone on which a reading hangs, and goes on with all its sensors when that ends; others never wait", async () => {
    const clock = new FakeClock();
    const shared = { inTurn: takingTurns(), beats: new Beats(clock, () => 0) };
    let underWay = 0;
    let most = 0;
    let hangs = true;
    const ended: (() => void)[] = [];
    const read = async () => {
      most = Math.max(most, ++underWay);
      if (hangs) await new Promise<void>((resolve) => ended.push(resolve));
      underWay -= 1;
      return 1;
    };
    const onBus = Array.from({ length: 10 }, () => sampling(read, 5_000, "i2c-1", clock, shared));
    const elsewhere = sampling(async () => 1, 5_000, "i2c-3", clock, shared);
    await clock.advance(120_000);
    expect(most).toBe(1);
    expect(onBus.map(({ readings }) => readings)).toEqual(onBus.map(() => []));
    for (const { failures } of onBus) expect(failures.length).toBeGreaterThan(2);
    expect(elsewhere.readings).toHaveLength(25);
    hangs = false;
    for (const end of ended) end();
    await clock.advance(60_000);
    for (const { readings } of onBus) expect(readings).not.toEqual([]);
    expect(most).toBe(1);
  });
});
