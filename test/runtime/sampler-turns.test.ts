import { describe, expect, it } from "vitest";
import { Beats } from "../../src/runtime/device/beats.ts";
import { takingTurns } from "../../src/runtime/device/taking-turns.ts";
import { FakeClock } from "../fakes/clock.ts";
import { sampling, taking } from "./sampling.ts";

describe("sensors that take turns", () => {
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
