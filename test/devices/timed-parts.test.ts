import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import type { TimedPins } from "../../src/core/hardware/timed-pins.ts";
import { startSensor, warnings } from "../fakes/sensor.ts";

/** Pins that answer with these numbers, one after the other; the last one again and again. */
function answering(...answers: readonly (number | Error)[]) {
  const asked: unknown[] = [];
  let closed = 0;
  const next = async (what: unknown) => {
    asked.push(what);
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? 0;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const close = async () => {
    closed += 1;
  };
  const timedPins: TimedPins = {
    echo: async (...pins) => ({ measure: () => next(pins), close }),
    shifted: async () => ({ read: next, close }),
  };
  return { timedPins, asked, closed: () => closed };
}

describe("hc_sr04", () => {
  const options = "kind: hc_sr04, trigger_pin: 23, echo_pin: 24";

  it.each([
    // Sound goes 0.34342 m in a millisecond, there and back.
    [5.824, { distance: 1, in_range: "ON" }],
    [0.5, { distance: 0.09, in_range: "ON" }],
    [38, { distance: null, in_range: "OFF" }],
    // 4.1 m, which is past what it can see.
    [23.88, { distance: null, in_range: "OFF" }],
    // 1.7 cm: too near to be measured.
    [0.1, { distance: null, in_range: "ON" }],
  ])("gives the distance of an echo of %f ms", async (echoMs, reading) => {
    expect((await startSensor(options, { timedPins: answering(echoMs).timedPins })).reading()).toEqual(reading);
  });

  it("measures again when it gets no echo, and gives its pins back at the end", async () => {
    const pins = answering(new UserError("no echo begins"), 5.824);
    const { agent, ...sensor } = await startSensor(options, { timedPins: pins.timedPins });
    await sensor.clock.advance(10_000);
    expect(sensor.reading()).toMatchObject({ distance: 1 });
    expect([warnings(sensor), pins.asked[0]]).toEqual([[], [23, 24]]);
    await agent.stop();
    expect(pins.closed()).toBe(1);
  });
});

describe("hx711", () => {
  const options = "kind: hx711, clk_pin: 5, dout_pin: 6";

  it("gives kilograms by zero and counts_per_kg, and the count", async () => {
    const { timedPins } = answering(81_200, 124_200);
    const sensor = await startSensor(`${options}, zero: 81200, counts_per_kg: 21500`, { timedPins });
    expect(sensor.reading()).toEqual({ weight: 2, raw: 124_200 });
  });

  it("gives the count alone until it is known what it means", async () => {
    expect((await startSensor(options, { timedPins: answering(-317).timedPins })).reading()).toEqual({ raw: -317 });
  });

  it.each([
    [128, 25],
    [32, 26],
    [64, 27],
  ])("throws away the first value, which has another gain than %i", async (gain, pulses) => {
    const pins = answering(1, 500);
    const sensor = await startSensor(`${options}, gain: ${gain}`, { timedPins: pins.timedPins });
    expect([sensor.reading(), pins.asked]).toEqual([{ raw: 500 }, [pulses, pulses]]);
  });

  it("throws a value away after one that failed, too: its supply may have been off, after which the gain is 128", async () => {
    const pins = answering(1, 500, new UserError("the part has nothing"), 1_000, 501);
    const sensor = await startSensor(`${options}, gain: 64`, { timedPins: pins.timedPins });
    expect(sensor.reading()).toEqual({ raw: 500 });
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual({ raw: 501 });
    const published = sensor.bus.on("it").map((text) => JSON.parse(String(text)).raw);
    expect(published).not.toContain(1_000);
  });

  it.each([-8_388_608, 8_388_607])("gives no weight of the end of its range: %i", async (count) => {
    const sensor = await startSensor(`${options}, counts_per_kg: 1000`, { timedPins: answering(count).timedPins });
    await sensor.clock.advance(30_000);
    expect(sensor.reading()).toEqual({});
    expect(warnings(sensor)[0]).toContain("the load cells are past the range of the part");
  });
});
