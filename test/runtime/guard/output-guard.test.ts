import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limits } from "../../../src/core/outputs/limits.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";
import { runs } from "../../property-runs.ts";

const pin = 17;

/** An output under limits, every change of which is written down with its time. */
async function guarded(limits: Limits, initial: "off" | "on" = "off") {
  const clock = new FakeClock();
  const bank = simulatedBank(clock);
  const changes: { on: boolean; atMs: number }[] = [];
  const output: typeof bank.output = async (number, request) => {
    const line = await bank.output(number, request);
    changes.push({ on: request.initial === 1, atMs: clock.monotonicMs() });
    const write = (level: 0 | 1) => {
      if (level !== line.read()) changes.push({ on: level === 1, atMs: clock.monotonicMs() });
      line.write(level);
    };
    return { ...line, write };
  };
  const bench = pinBench([chosenPin(pin, "output", { initial })], { limits, clock, bank, pins: { ...bank, output } });
  const said: boolean[] = [];
  const line = await bench.gpio.output(pin, { onState: (on) => said.push(on) });
  return { ...bench, line, said, changes, isOn: () => bank.level(pin) === 1 };
}

describe("an output", () => {
  it("stays off for min_off, from the start on, and then does what was asked for last", async () => {
    const { line, clock, isOn, said } = await guarded({ minOffMs: 180_000 });
    line.set(true);
    expect(isOn()).toBe(false);
    await clock.advance(179_999);
    expect(isOn()).toBe(false);
    await clock.advance(1);
    expect([isOn(), said]).toEqual([true, [false, true]]);
    line.set(false);
    line.set(true);
    line.set(false);
    await clock.advance(600_000);
    expect(isOn()).toBe(false);
  });

  it("that begins on waits for min_off, since it may have run until a moment ago", async () => {
    const { clock, isOn } = await guarded({ minOffMs: 1_000 }, "on");
    expect(isOn()).toBe(false);
    await clock.advance(1_000);
    expect(isOn()).toBe(true);
  });

  it("stays on for min_on, but not at the stop", async () => {
    const { line, clock, isOn, stop } = await guarded({ minOnMs: 60_000 });
    line.set(true);
    line.set(false);
    await clock.advance(59_999);
    expect(isOn()).toBe(true);
    await clock.advance(1);
    expect(isOn()).toBe(false);
    line.set(true);
    await stop();
    expect(isOn()).toBe(false);
  });

  it("goes off after auto_off, which each command to on begins anew, and nothing else", async () => {
    const { line, clock, isOn, said } = await guarded({ autoOffMs: 10_000 });
    line.set(true);
    await clock.advance(9_000);
    line.set(true);
    line.isOn();
    await clock.advance(9_999);
    expect(isOn()).toBe(true);
    await clock.advance(1);
    expect([isOn(), said.at(-1)]).toEqual([false, false]);
    line.set(true);
    line.set(false);
    await clock.advance(5_000);
    line.set(true);
    await clock.advance(9_999);
    expect(isOn()).toBe(true);
    await clock.advance(1);
    expect(isOn()).toBe(false);
  });

  it("that begins on, or is switched on by somebody else, goes off after auto_off too", async () => {
    const { clock, isOn, bank } = await guarded({ autoOffMs: 10_000 }, "on");
    await clock.advance(10_000);
    expect(isOn()).toBe(false);
    (await bank.output(pin, { initial: 0, keep: true })).write(1);
    await clock.advance(12_000);
    expect(isOn()).toBe(false);
  });

  it("goes off by max_on, however often auto_off is begun anew", async () => {
    const { line, clock, isOn } = await guarded({ autoOffMs: 10_000, maxOnMs: 25_000 });
    for (let second = 0; second < 25; second += 1) {
      line.set(true);
      expect(isOn()).toBe(true);
      await clock.advance(1_000);
    }
    expect(isOn()).toBe(false);
  });

  it("changes no more often than min_interval allows, to what was asked for last", async () => {
    const { line, clock, changes, isOn } = await guarded({ minIntervalMs: 1_000 });
    await clock.advance(1_000);
    line.set(true);
    for (const on of [false, true, false, true, false]) line.set(on);
    expect(isOn()).toBe(true);
    await clock.advance(999);
    expect(isOn()).toBe(true);
    await clock.advance(1);
    expect(isOn()).toBe(false);
    await clock.advance(60_000);
    expect(changes.map(({ on }) => on)).toEqual([false, true, false]);
  });

  it("goes off after max_on, which no command prolongs, nor somebody else who drove the pin", async () => {
    const { line, clock, isOn, bank } = await guarded({ maxOnMs: 10_000 });
    for (let second = 0; second < 10; second += 1) {
      line.set(true);
      expect(isOn()).toBe(true);
      await clock.advance(1_000);
    }
    expect(isOn()).toBe(false);
    const { write } = await bank.output(pin, { initial: 0, keep: true });
    write(1);
    await clock.advance(12_000);
    expect(isOn()).toBe(false);
  });

  it("keeps every limit in any sequence of wishes", async () => {
    const limit = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
    const step = fc.record({ on: fc.boolean(), afterMs: fc.integer({ min: 0, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(limit, limit, limit, fc.array(step, { maxLength: 40 }), async (minOn, minOff, maxOn, steps) => {
        // A longest time that is shorter than the shortest one wins: it is there for safety.
        const limits = {
          ...(minOn !== undefined && { minOnMs: minOn }),
          ...(minOff !== undefined && { minOffMs: minOff }),
          ...(maxOn !== undefined && { maxOnMs: maxOn }),
        };
        const { line, clock, changes, isOn } = await guarded(limits);
        for (const { on, afterMs } of steps) {
          line.set(on);
          await clock.advance(afterMs);
        }
        await clock.advance(200);
        for (const [index, { on, atMs }] of changes.entries()) {
          const next = changes[index + 1];
          const lasted = (next?.atMs ?? clock.monotonicMs()) - atMs;
          if (on && maxOn !== undefined) expect(lasted).toBeLessThanOrEqual(maxOn);
          if (on && next !== undefined) expect(lasted).toBeGreaterThanOrEqual(Math.min(minOn ?? 0, maxOn ?? Infinity));
          if (!on && next !== undefined) expect(lasted).toBeGreaterThanOrEqual(minOff ?? 0);
        }
        const last = steps.at(-1)?.on ?? false;
        if (maxOn === undefined) expect(isOn()).toBe(last);
      }),
      { numRuns: runs(300) },
    );
  });
});
