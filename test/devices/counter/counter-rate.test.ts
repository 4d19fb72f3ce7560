import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { queuedEdges } from "../../fakes/pins/queued-edges.ts";
import { runs } from "../../property-runs.ts";

const pin = 6;
const meter = (more: string) =>
  `devices:\n  meter: {kind: counter, topic: meter, pin: ${pin}, debounce: 0ms, every: 1s, ${more}}\n`;

interface Said {
  readonly total: number;
  readonly pulses: number;
  readonly rate?: number | null;
  readonly rejected?: number;
}

async function startMeter(more: string) {
  const clock = new FakeClock();
  const pins = simulatedBank(clock);
  const house = await startHouse(meter(more), { clock, pins });
  const said = () => house.bus.on("meter").map((text) => JSON.parse(text) as Said);
  const last = () => said().at(-1);
  /** A pulse of 1 ms, and then a pause, so that pulses come so often. */
  const pulse = async (everyMs: number, count = 1) => {
    for (let pulse = 0; pulse < count; pulse += 1) {
      pins.drive(pin, 0);
      await clock.advance(1);
      pins.drive(pin, 1);
      await clock.advance(everyMs - 1);
    }
  };
  return { ...house, said, last, pulse };
}

describe("a counter's rate", () => {
  it("is not published unless it is asked for", async () => {
    const { pulse, last } = await startMeter("device_class: energy");
    await pulse(1_000, 5);
    expect(Object.keys(last() ?? {}).sort()).toEqual(["pulses", "total", "ts"]);
  });

  it.each([
    ["device_class: energy, pulses_per_unit: 1000, rate: W", 3_600, 1_000],
    ["device_class: energy, pulses_per_unit: 1000, rate: kW", 3_600, 1],
    ["device_class: energy, unit: Wh, pulses_per_unit: 1, rate: W", 3_600, 1_000],
    ["device_class: water, pulses_per_unit: 450, rate: L/min", 100, 1.333],
    ["device_class: water, unit: m³, pulses_per_unit: 100, rate: L/min", 30_000, 20],
    ["device_class: gas, pulses_per_unit: 100, rate: m³/h", 36_000, 1],
    ["device_class: precipitation, pulses_per_unit: 5, rate: mm/h", 72_000, 10],
    ["device_class: distance, pulses_per_unit: 2, rate: km/h", 500, 3.6],
    ["unit: turns, rate: turns/min", 250, 240],
    ["rate: pulses/min", 500, 120],
  ])("is, with %s and a pulse every %i ms, %f", async (options, everyMs, rate) => {
    const { pulse, last } = await startMeter(options);
    await pulse(everyMs, 4 + Math.ceil(2_000 / everyMs));
    expect(last()).toMatchObject({ rate });
  });

  it("is the average over whole times between pulses, so that it does not jump by when it is told", async () => {
    const { pulse, said } = await startMeter("rate: pulses/min");
    await pulse(333, 100);
    const rates = said().flatMap(({ rate }) => (rate ? [rate] : []));
    expect(rates.length).toBeGreaterThan(20);
    for (const rate of rates) expect(rate).toBeCloseTo(180.2, 1);
  });

  it("is not known before the second pulse, and 0 when none came in the time-out", async () => {
    const { clock, pulse, last } = await startMeter("rate: pulses/min, rate_timeout: 1m");
    expect(last()).toMatchObject({ rate: null });
    await pulse(10_000);
    expect(last()).toMatchObject({ rate: null });
    await pulse(10_000);
    expect(last()).toMatchObject({ rate: 6 });
    const silent = await startMeter("rate: pulses/min, rate_timeout: 1m");
    await silent.clock.advance(59_999);
    expect(silent.last()).toMatchObject({ rate: null });
    await silent.clock.advance(1);
    expect(silent.last()).toMatchObject({ rate: 0 });
    await clock.advance(1);
  });

  it("falls while no pulse comes, is 0 after the time-out, and is told no more then", async () => {
    const { clock, pulse, said } = await startMeter("rate: pulses/min, rate_timeout: 1m");
    await pulse(1_000, 10);
    const before = said().length;
    await clock.advance(58_999);
    const falling = said()
      .slice(before)
      .map(({ rate }) => rate ?? 0);
    expect(falling.length).toBeGreaterThan(10);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(falling.at(-1)).toBeGreaterThan(1);
    expect(falling.at(-1)).toBeLessThan(1.1);
    await clock.advance(1_000);
    expect(said().at(-1)).toMatchObject({ rate: 0, pulses: 10 });
    const atRest = said().length;
    await clock.advance(3_600_000);
    expect(said().length - atRest).toBeLessThanOrEqual(1);
  });

  it("begins anew after the time-out: one pulse alone is no rate", async () => {
    const { clock, pulse, last } = await startMeter("rate: pulses/min, rate_timeout: 1m");
    await pulse(1_000, 3);
    await clock.advance(600_000);
    await pulse(2_000);
    expect(last()).toMatchObject({ rate: 0, pulses: 4 });
    await pulse(2_000);
    expect(last()).toMatchObject({ rate: 30, pulses: 5 });
  });

  it("is never more than the pulses give, nor less than 0, whenever they come", async () => {
    const gaps = fc.array(fc.oneof(fc.integer({ min: 10, max: 200 }), fc.integer({ min: 10, max: 90_000 })), {
      minLength: 1,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(gaps, async (some) => {
        const { clock, pulse, said } = await startMeter("rate: pulses/s, rate_timeout: 1m");
        for (const ms of some) await pulse(ms);
        await clock.advance(61_000);
        const most = 1_000 / Math.min(...some);
        for (const { rate } of said()) if (rate != null) expect(rate).toBeLessThanOrEqual(most * 1.001);
        for (const { rate } of said()) if (rate != null) expect(rate).toBeGreaterThanOrEqual(0);
        expect(said().at(-1)).toMatchObject({ rate: 0, pulses: some.length });
      }),
      { numRuns: runs(25) },
    );
  });

  it("is that of the stamps, when the edges are told late", async () => {
    const clock = new FakeClock();
    const edges = queuedEdges(clock, 1, true);
    const { bus } = await startHouse(meter("rate: pulses/min"), { clock, bank: edges.bank });
    for (let pulse = 0; pulse < 20; pulse += 1) {
      edges.move(0);
      clock.stall(100);
      edges.move(1);
      clock.stall(400);
    }
    edges.tellEdges();
    await clock.advance(0);
    expect(JSON.parse(bus.retained.get("meter") ?? "")).toMatchObject({ rate: 120, pulses: 20 });
  });
});

describe("a counter with max_rate", () => {
  it("does not count pulses that come faster, says how many, and warns once", async () => {
    // 3600 W of 1000 imp/kWh are a pulse in a second.
    const { clock, pulse, last, log } = await startMeter(
      "device_class: energy, pulses_per_unit: 1000, rate: W, max_rate: 3600",
    );
    expect(last()).toMatchObject({ rejected: 0 });
    await pulse(1_000, 5);
    await pulse(100, 7);
    await clock.advance(1_000);
    await pulse(1_000, 5);
    await pulse(999, 2);
    await clock.advance(5_000);
    expect(last()).toMatchObject({ pulses: 12, rejected: 7 });
    expect(log.at("warn")).toMatchObject([
      { device: "meter", max_rate: 3600, unit: "W", message: expect.stringContaining("faster than max_rate") },
    ]);
  });

  it("measures from the last pulse that counted, so that interference does not stop the meter", async () => {
    const { clock, pulse, last } = await startMeter("rate: pulses/s, max_rate: 1");
    await pulse(600, 10);
    await clock.advance(2_000);
    expect(last()).toMatchObject({ pulses: 5, rejected: 5 });
  });

  it("takes of pulses that were told together as many as the time allows", async () => {
    const clock = new FakeClock();
    const edges = queuedEdges(clock, 1, true);
    let tell = (_missed: number) => {};
    const input: typeof edges.bank.input = (number, request) => {
      tell = (missed) => request.onEdge({ level: 0, atMs: clock.monotonicMs(), missed });
      return edges.bank.input(number, request);
    };
    const { bus } = await startHouse(meter("rate: pulses/s, max_rate: 1"), { clock, bank: { ...edges.bank, input } });
    tell(0);
    await clock.advance(3_500);
    tell(19);
    await clock.advance(1_000);
    expect(JSON.parse(bus.retained.get("meter") ?? "")).toMatchObject({ pulses: 4, rejected: 7 });
  });
});
