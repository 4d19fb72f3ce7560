import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { pin, startMeter } from "./pulsed-meter.ts";

describe("a counter", () => {
  it("begins with nothing, says its total on its topic with the time, and is told no commands there", async () => {
    const { bus, last, clock } = await startMeter();
    expect(bus.retained.get("meter/availability")).toBe("online");
    expect(last()).toEqual({ total: 0, pulses: 0, ts: clock.now().toISOString() });
    bus.receive("meter", '{"total":5}');
    expect(last()).toMatchObject({ total: 0 });
  });

  it.each([
    [1000, 12_345, 12.345],
    [1, 7, 7],
    [75, 1, 0.0133],
    [75, 76, 1.0133],
    [450, 451, 1.00222],
    [0.5, 3, 6],
    [3.579, 1, 0.279],
  ])("makes with %f pulses per unit of %i pulses %f", async (perUnit, pulses, total) => {
    const { pins, clock, last } = await startMeter(`, pulses_per_unit: ${perUnit}, debounce: 0ms`);
    for (let pulse = 0; pulse < pulses; pulse += 1) {
      pins.drive(pin, 0);
      pins.drive(pin, 1);
    }
    await clock.advance(10_000);
    expect(last()).toMatchObject({ total, pulses });
  });

  it("says the first pulse after a pause at once, and of a burst no more than one total in ten seconds, the last too", async () => {
    const { pulse, clock, said } = await startMeter();
    await clock.advance(60_000);
    const atStart = said().length;
    await pulse();
    expect(said().slice(atStart)).toMatchObject([{ total: 1 }]);
    await pulse(1_000);
    await clock.advance(10_000);
    expect(said().length - atStart).toBeLessThanOrEqual(1 + 5);
    expect(said().at(-1)).toMatchObject({ pulses: 1_001 });
    const before = said().length;
    await clock.advance(3_600_000);
    expect(said()).toHaveLength(before);
  });

  it("says it as often as its owner wants", async () => {
    const { pulse, clock, said } = await startMeter(", every: 1s");
    await clock.advance(60_000);
    const atStart = said().length;
    await pulse(250);
    await clock.advance(1_000);
    expect(said().length - atStart).toBeGreaterThan(9);
    expect(said().length - atStart).toBeLessThanOrEqual(12);
  });

  it("fills no log with what it counts", async () => {
    const { pulse, clock, log } = await startMeter(", every: 1s");
    await pulse(250);
    await clock.advance(1_000);
    expect(log.at("info").filter(({ device }) => device === "meter")).toEqual([]);
  });

  it.each([
    ["between the pin and ground", "", [0, 1]],
    ["between the pin and 3.3 V", ", active_low: false, pull: down", [1, 0]],
  ] as const)("counts a pulse where it begins, with the meter %s", async (_where, more, [during, between]) => {
    const { pins, clock, last } = await startMeter(more);
    expect(pins.level(pin)).toBe(between);
    await clock.advance(60_000);
    pins.drive(pin, during);
    await clock.advance(5);
    expect(last()).toMatchObject({ pulses: 1 });
    pins.drive(pin, between);
    await clock.advance(60_000);
    expect(last()).toMatchObject({ pulses: 1 });
  });

  it("does not count a contact that springs, at either edge", async () => {
    const { pins, clock, last } = await startMeter();
    for (let pulse = 0; pulse < 20; pulse += 1) {
      for (const end of [0, 1] as const) {
        for (let spring = 0; spring < 5; spring += 1) {
          pins.drive(pin, end);
          await clock.advance(1);
          pins.drive(pin, end === 0 ? 1 : 0);
          await clock.advance(1);
        }
        pins.drive(pin, end);
        await clock.advance(30);
      }
    }
    await clock.advance(10_000);
    expect(last()).toMatchObject({ pulses: 20 });
  });

  it("goes offline with its pin, and goes on from where it was", async () => {
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    let lose = (_error: Error) => {};
    const input: typeof pins.input = (number, request) => {
      lose = request.onError;
      return pins.input(number, request);
    };
    const { pulse, last, bus } = await startMeter("", { clock, pins, bank: { ...pins, input } });
    await pulse(3);
    lose(new Error("pin 6 was taken away"));
    expect(bus.retained.get("meter/availability")).toBe("offline");
    await clock.advance(60_000);
    await pulse();
    await clock.advance(10_000);
    expect(bus.retained.get("meter/availability")).toBe("online");
    expect(last()).toMatchObject({ pulses: 4 });
  });
});
