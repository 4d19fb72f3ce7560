import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GpioPins, InputRequest, Level } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { gpiochipBench } from "../../fakes/benches.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";

const chosen = [chosenPin(5, "input"), chosenPin(6, "input", { activeLow: true, pull: "up" })];
type Told = readonly [a: boolean, b: boolean, atMs: number];

/** Two inputs that are watched together; `a` is high when it is active, `b` is low. */
function watched(pins: GpioPins, clock: FakeClock) {
  const bench = pinBench(chosen, { clock, pins });
  const told: Told[] = [];
  const claimed = bench.gpio.inputs({ a: 5, b: 6 }, { onLevels: ({ a, b }, atMs) => void told.push([a, b, atMs]) });
  return { ...bench, told, claimed };
}

/** Pins whose edges a test tells by itself; their levels are those of a bank. */
function silent(bank: ReturnType<typeof simulatedBank>) {
  const owners = new Map<PinName, InputRequest>();
  const input: GpioPins["input"] = (pin, request) => {
    owners.set(pin, request);
    return bank.input(pin, { ...request, onEdge: () => {} });
  };
  return {
    pins: { ...bank, input },
    tell: (pin: PinName, level: Level, atMs: number) => owners.get(pin)?.onEdge({ level, atMs }),
  };
}

describe("inputs that are watched together", () => {
  it("tell all levels at the claim, and then after each edge, as the device understands them", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    const { told, claimed } = watched(bank, clock);
    await claimed;
    await clock.advance(10);
    bank.drive(6, 0);
    await clock.advance(10);
    bank.drive(5, 1);
    await clock.advance(10);
    expect(told).toEqual([
      [false, false, 0],
      [false, true, 10],
      [true, true, 20],
    ]);
  });

  it("are told in the order of the time stamps, whichever input is told first", async () => {
    const edges = fc.array(fc.record({ isA: fc.boolean(), ms: fc.integer({ min: 1, max: 9 }) }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(edges, async (some) => {
        const clock = new FakeClock();
        const bank = simulatedBank(clock);
        const { pins, tell } = silent(bank);
        const { told, claimed } = watched(pins, clock);
        await claimed;
        const levels = { 5: 0, 6: 1 } as Record<number, Level>;
        const right: Told[] = [[false, false, 0]];
        const late: [pin: number, level: Level, atMs: number][] = [];
        for (const { isA, ms } of some) {
          clock.stall(ms);
          const pin = isA ? 5 : 6;
          levels[pin] = levels[pin] === 1 ? 0 : 1;
          bank.drive(pin, levels[pin]);
          late.push([pin, levels[pin], clock.monotonicMs()]);
          right.push([levels[5] === 1, levels[6] === 0, clock.monotonicMs()]);
        }
        for (const [pin, level, atMs] of late.sort(([one], [other]) => one - other)) tell(pin, level, atMs);
        await clock.advance(5_000);
        expect(told).toEqual(right);
      }),
    );
  });

  it("find a level whose edge got lost", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    const { told, claimed } = watched(silent(bank).pins, clock);
    await claimed;
    bank.drive(5, 1);
    await clock.advance(2_100);
    expect(told.map(([a, b]) => [a, b])).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  it("are given back together, also where one of them cannot be had", async () => {
    for (const isThere of [true, false]) {
      const clock = new FakeClock();
      const bank = simulatedBank(clock);
      const open = new Set<PinName>();
      const input: GpioPins["input"] = async (pin, request) => {
        if (pin === 6 && !isThere) throw new Error("pin 6 is held by somebody");
        open.add(pin);
        return { ...(await bank.input(pin, request)), close: async () => void open.delete(pin) };
      };
      const { stop, claimed } = watched({ ...bank, input }, clock);
      if (isThere) await claimed;
      else await expect(claimed).rejects.toThrow("pin 6 is held by somebody");
      expect(open.size).toBe(isThere ? 2 : 1);
      await stop();
      expect(open.size).toBe(0);
    }
  });

  it("are one request of the kernel, which keeps their edges in one order", async () => {
    const { chip, start } = gpiochipBench();
    const { told, claimed } = watched(start(), chip.clock);
    await claimed;
    expect(chip.requests.size).toBe(1);
    for (const [pin, level] of [
      [5, 1],
      [6, 0],
      [5, 0],
      [6, 1],
    ] as const)
      chip.drive(pin, level);
    await chip.clock.advance(10);
    expect(told.map(([a, b]) => [a, b])).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [false, true],
      [false, false],
    ]);
  });
});
