import { describe, expect, it } from "vitest";
import { startSampling } from "../../src/runtime/sampler.ts";
import { takingTurns } from "../../src/runtime/turns.ts";
import { FakeClock } from "../fakes/clock.ts";

function sampling(
  read: () => Promise<number>,
  everyMs: number,
  bus?: string,
  clock = new FakeClock(),
  inTurn = takingTurns(),
) {
  const readings: number[] = [];
  const failures: number[] = [];
  const times: number[] = [];
  const cancel = startSampling(
    {
      everyMs,
      bus,
      read: () => {
        times.push(clock.monotonicMs());
        return read();
      },
    },
    {
      clock,
      random: () => 0,
      inTurn,
      onReading: (value) => readings.push(value),
      onFailure: (_error, inARow) => failures.push(inARow),
    },
  );
  return { clock, readings, failures, times, cancel };
}

describe("sampling", () => {
  it("keeps its beat, however long a reading takes", async () => {
    const clock = new FakeClock();
    const slow = () => new Promise<number>((resolve) => clock.after(700, () => resolve(1)));
    const { times } = sampling(slow, 1_000, undefined, clock);
    await clock.advance(3_500);
    expect(times).toEqual([0, 1_000, 2_000, 3_000]);
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

  it("tries sooner after a first failure, and seldom after many", async () => {
    const { clock, failures, times } = sampling(() => Promise.reject(new Error("no")), 60_000);
    await clock.advance(3_600_000);
    const pauses = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(pauses.slice(0, 6)).toEqual([3_000, 3_000, 60_000, 60_000, 120_000, 240_000]);
    expect(Math.max(...pauses)).toBe(300_000);
    expect(failures.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it("takes a reading that never ends for a failure, again and again, and recovers when it ends", async () => {
    let end: (value: number) => void = () => {};
    const readingsToCome = [new Promise<number>((resolve) => (end = resolve))];
    const { clock, failures, readings } = sampling(() => readingsToCome.shift() ?? Promise.resolve(2), 5_000);
    await clock.advance(60_000);
    expect(failures.slice(0, 3)).toEqual([1, 2, 3]);
    end(1);
    await clock.advance(300_000);
    expect(readings[0]).toBe(2);
  });

  it("lets sensors on one bus wait for each other, and others not", async () => {
    const clock = new FakeClock();
    const inTurn = takingTurns();
    const order: string[] = [];
    const slow = (name: string) => () =>
      new Promise<number>((resolve) => {
        order.push(`${name} begins`);
        clock.after(750, () => {
          order.push(`${name} ends`);
          resolve(1);
        });
      });
    sampling(slow("a"), 10_000, "w1", clock, inTurn);
    sampling(slow("b"), 10_000, "w1", clock, inTurn);
    sampling(slow("c"), 10_000, undefined, clock, inTurn);
    await clock.advance(5_000);
    expect(order).toEqual(["a begins", "c begins", "a ends", "b begins", "c ends", "b ends"]);
  });

  it("ends when it is cancelled, even during a reading", async () => {
    const clock = new FakeClock();
    const slow = () => new Promise<number>((resolve) => clock.after(500, () => resolve(1)));
    const { readings, times, cancel } = sampling(slow, 1_000, undefined, clock);
    await clock.advance(100);
    cancel();
    await clock.advance(10_000);
    expect(times).toEqual([0]);
    expect(readings).toEqual([]);
  });
});
