import { describe, expect, it } from "vitest";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";

const pin = 17;

async function output(limits = {}, { activeLow = false, maxOnMs }: { activeLow?: boolean; maxOnMs?: number } = {}) {
  const bench = pinBench([chosenPin(pin, "output", { activeLow })], { limits });
  const said: boolean[] = [];
  const line = await bench.gpio.output(pin, { onState: (on) => said.push(on), maxOnMs });
  return { ...bench, line, said, isHigh: () => (bench.bank.level(pin) === 1) !== activeLow };
}

describe("an output that is paused", () => {
  it.each([false, true])("is off at its pin and counts as on; active low: %s", async (activeLow) => {
    const { line, said, isHigh, clock } = await output({}, { activeLow });
    line.set(true);
    line.pause(true);
    expect([isHigh(), line.isOn(), said]).toEqual([false, true, [false, true]]);
    await clock.advance(10_000);
    line.pause(false);
    expect([isHigh(), line.isOn(), said]).toEqual([true, true, [false, true]]);
  });

  it("is on for max_on in all, pauses included", async () => {
    const { line, said, isHigh, clock } = await output({ maxOnMs: 10_000 });
    line.set(true);
    for (let second = 0; second < 9; second += 1) {
      await clock.advance(1_000);
      line.pause(second % 2 === 0);
    }
    await clock.advance(1_000);
    expect([isHigh(), line.isOn(), said]).toEqual([false, false, [false, true, false]]);
    line.pause(false);
    expect(isHigh()).toBe(false);
  });

  it("does not wait for min_on or min_off in its pauses", async () => {
    const { line, isHigh } = await output({ minOnMs: 60_000 });
    line.set(true);
    line.pause(true);
    expect(isHigh()).toBe(false);
    line.pause(false);
    expect(isHigh()).toBe(true);
  });

  it("is no longer paused after it was set", async () => {
    const { line, isHigh } = await output();
    line.set(true);
    line.pause(true);
    line.set(true);
    expect(isHigh()).toBe(true);
    line.pause(true);
    line.set(false);
    line.set(true);
    expect(isHigh()).toBe(true);
  });

  it("cannot be paused, nor switched on by the end of a pause, while it is off", async () => {
    const { line, isHigh, said } = await output();
    line.pause(true);
    line.pause(false);
    expect([isHigh(), line.isOn(), said]).toEqual([false, false, [false]]);
  });

  it("comes to rest in a pause", async () => {
    const { line, isHigh, said, stop } = await output();
    line.set(true);
    line.pause(true);
    await stop();
    expect([isHigh(), said]).toEqual([false, [false, true, false]]);
  });
});

describe("the longest time on that a kind allows", () => {
  it.each([
    [5_000, undefined, 5_000],
    [5_000, 9_000, 5_000],
    [9_000, 5_000, 5_000],
  ])("of %i ms and a max_on of %s are %i ms", async (maxOnMs, limit, expected) => {
    const { line, isHigh, clock } = await output({ maxOnMs: limit }, { maxOnMs });
    line.set(true);
    await clock.advance(expected - 1);
    line.set(true);
    expect(isHigh()).toBe(true);
    await clock.advance(1);
    expect(isHigh()).toBe(false);
  });
});
