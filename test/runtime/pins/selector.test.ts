import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import type { Limits } from "../../../src/core/outputs/limits.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";
import { runs } from "../../property-runs.ts";

const pinOf = { open: 17, close: 27 } as const;
const deadTimeMs = 500;

/** Two outputs, every change of which is written down with its time. */
async function twoOutputs(activeLow = false, limits: Limits = {}) {
  const clock = new FakeClock();
  const bank = simulatedBank(clock);
  const changes: { pin: PinName; on: boolean; atMs: number }[] = [];
  let broken: number | undefined;
  const output: typeof bank.output = async (pin, request) => {
    const line = await bank.output(pin, request);
    const write = (level: Level) => {
      if (pin === broken) throw new Error(`pin ${pin} was taken away`);
      line.write(level);
      changes.push({ pin, on: (level === 1) !== activeLow, atMs: clock.monotonicMs() });
    };
    return { ...line, write };
  };
  const chosen = Object.values(pinOf).map((pin) => chosenPin(pin, "output", { activeLow }));
  const bench = pinBench(chosen, { clock, bank, limits, pins: { ...bank, output } });
  const said: (string | undefined)[] = [];
  const selector = await bench.gpio.selector(pinOf, { deadTimeMs, onState: (name) => said.push(name) });
  const isOn = (name: keyof typeof pinOf) => (bank.level(pinOf[name]) === 1) !== activeLow;
  const breakPin = (pin: number | undefined) => {
    broken = pin;
  };
  return { ...bench, selector, said, changes, isOn, breakPin };
}

describe("outputs of which never two are on", () => {
  it.each([false, true])(
    "begin off, and the first goes on when the dead time is over; active low: %s",
    async (activeLow) => {
      const { selector, clock, isOn, said } = await twoOutputs(activeLow);
      expect([isOn("open"), isOn("close")]).toEqual([false, false]);
      selector.select("open");
      await clock.advance(deadTimeMs - 1);
      expect([isOn("open"), selector.selected]).toEqual([false, undefined]);
      await clock.advance(1);
      expect([isOn("open"), isOn("close"), selector.selected]).toEqual([true, false, "open"]);
      expect(said).toEqual([undefined, "open"]);
    },
  );

  it("follow the last wish only", async () => {
    const { selector, clock, isOn, said } = await twoOutputs();
    await clock.advance(deadTimeMs);
    selector.select("open");
    selector.select("close");
    selector.select("open");
    selector.select(undefined);
    await clock.advance(10_000);
    expect([isOn("open"), isOn("close")]).toEqual([false, false]);
    expect(said).toEqual([undefined, "open", undefined]);
  });

  it("are all off as soon as somebody else drives one of them", async () => {
    const { selector, clock, isOn, bank } = await twoOutputs();
    await clock.advance(deadTimeMs);
    selector.select("open");
    const { write } = await bank.output(pinOf.close, { initial: 0, keep: true });
    write(1);
    await clock.advance(2_000);
    expect([isOn("open"), isOn("close"), selector.selected]).toEqual([false, false, undefined]);
  });

  it("go off at once where that must be, whatever min_on says, and nothing that waited comes after it", async () => {
    const { selector, clock, isOn, said } = await twoOutputs(false, { minOnMs: 60_000 });
    await clock.advance(deadTimeMs);
    selector.select("open");
    selector.select(undefined);
    expect(isOn("open")).toBe(true);
    selector.switchOff("endstop");
    expect([isOn("open"), isOn("close"), selector.selected]).toEqual([false, false, undefined]);
    await clock.advance(120_000);
    selector.switchOff("endstop");
    expect([isOn("open"), isOn("close")]).toEqual([false, false]);
    expect(said).toEqual([undefined, "open", undefined]);
  });

  it("forget what waits for the dead time when they are to go off at once", async () => {
    const { selector, clock, isOn } = await twoOutputs();
    selector.select("open");
    selector.switchOff("endstop");
    await clock.advance(10_000);
    expect(isOn("open")).toBe(false);
  });

  it("stay off where the one that is on cannot be switched off", async () => {
    const { selector, clock, isOn, breakPin } = await twoOutputs();
    await clock.advance(deadTimeMs);
    selector.select("open");
    breakPin(pinOf.open);
    expect(() => selector.select("close")).toThrow("pin 17 was taken away");
    await clock.advance(10_000);
    expect(isOn("close")).toBe(false);
  });

  it("are never on together, and keep their dead time, whatever is wished for and whenever", async () => {
    const step = fc.record({
      wish: fc.constantFrom("open", "close", undefined, "stop the device"),
      afterMs: fc.integer({ min: 0, max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, activeLow) => {
        const { selector, clock, changes, isOn, stop } = await twoOutputs(activeLow);
        for (const { wish, afterMs } of steps) {
          if (wish === "stop the device") await stop();
          else selector.select(wish);
          expect(isOn("open") && isOn("close")).toBe(false);
          await clock.advance(afterMs);
        }
        await stop();
        const on = new Map<PinName, boolean>();
        let offSinceMs = 0;
        for (const change of changes) {
          const wasOn = on.get(change.pin) ?? false;
          on.set(change.pin, change.on);
          expect([...on.values()].filter(Boolean).length).toBeLessThanOrEqual(1);
          if (change.on && !wasOn) expect(change.atMs - offSinceMs).toBeGreaterThanOrEqual(deadTimeMs);
          if (!change.on && wasOn) offSinceMs = change.atMs;
        }
        expect([isOn("open"), isOn("close")]).toEqual([false, false]);
      }),
      { numRuns: runs(200) },
    );
  });
});
