import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { writeState } from "../../src/runtime/machine/state-file.ts";
import { checked } from "../config/checked.ts";
import { FakeClock } from "../fakes/clock.ts";
import { type House, type HouseParts, startHouse } from "../fakes/house.ts";
import { queuedEdges } from "../fakes/queued-edges.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { componentsOf } from "../homeassistant/houses.ts";

const pin = 6;
const meter = (more = "") => `devices:\n  meter: {kind: counter, topic: meter, pin: ${pin}${more}}\n`;

/** A meter whose pin is pulled up and at rest. */
async function startMeter(more = "", parts: HouseParts = {}) {
  const clock = parts.clock ?? new FakeClock();
  const pins = parts.pins ?? simulatedBank(clock);
  const house = await startHouse(meter(more), { ...parts, clock, pins });
  return { ...house, ...tools(house) };
}

function tools({ bus, clock, pins }: House) {
  const said = () => bus.on("meter").map((payload) => JSON.parse(payload) as { total: number; pulses: number });
  return {
    said,
    last: () => said().at(-1),
    /** So many pulses of 20 ms with pauses of 20 ms. */
    pulse: async (count = 1) => {
      for (let pulse = 0; pulse < count; pulse += 1) {
        pins.drive(pin, 0);
        await clock.advance(20);
        pins.drive(pin, 1);
        await clock.advance(20);
      }
    },
  };
}

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

describe("a counter's total", () => {
  it.each([
    ["meter/set", '{"total":1234.5}'],
    ["meter/set", '{"TOTAL":"1234.5"}'],
    ["meter/total/set", "1234.5"],
  ])("is set on %s by %s, and counts on from there", async (topic, payload) => {
    const { bus, pulse, clock, last } = await startMeter(", pulses_per_unit: 1000");
    await pulse(3);
    bus.receive(topic, payload);
    await clock.advance(0);
    expect(last()).toMatchObject({ total: 1234.5, pulses: 1_234_500 });
    await pulse();
    await clock.advance(10_000);
    expect(last()).toMatchObject({ total: 1234.501 });
  });

  it("is answered to whoever asks, once it is on disk", async () => {
    const { bus, clock } = await startMeter("", { stateFile: new FakeStateFile() });
    bus.receive("meter/set", '{"total":12,"id":"a"}');
    await clock.advance(0);
    expect(JSON.parse(bus.on("meter/result")[0] ?? "")).toMatchObject({
      accepted: true,
      id: "a",
      state: { total: 12 },
    });
  });

  it.each([
    ["meter/set", "1234.5"],
    ["meter/set", "{}"],
    ["meter/set", "[5]"],
    ["meter/set", '{"total":-1}'],
    ["meter/set", '{"total":"many"}'],
    ["meter/set", '{"total":null}'],
    ["meter/set", '{"total":true}'],
    ["meter/set", '{"total":{"total":5}}'],
    ["meter/set", '{"total":1e300}'],
    ["meter/set", '{"total":5,"totl":6}'],
    ["meter/set", '{"pulses":5}'],
    ["meter/total/set", "-1"],
    ["meter/total/set", "1,234.5"],
    ["meter/total/set", "NaN"],
    ["meter/total/set", "Infinity"],
    ["meter/total/set", ""],
    ["meter/total/set", "99999999999999999999"],
  ])("is not changed on %s by %s", async (topic, payload) => {
    const { bus, clock, last, said, log } = await startMeter();
    await clock.advance(20_000);
    const before = said().length;
    bus.receive(topic, payload);
    await clock.advance(20_000);
    expect([said().length, last()?.total]).toEqual([before, 0]);
    expect(log.at("warn")).toMatchObject([{ message: "refused a command" }]);
  });

  it("is not changed by a retained command", async () => {
    const { bus, last } = await startMeter();
    bus.receive("meter/total/set", "5", { retained: true });
    expect(last()).toMatchObject({ total: 0 });
  });

  it("outlives a stop to the last pulse, and is said at the start", async () => {
    const stateFile = new FakeStateFile();
    const { agent, pulse } = await startMeter("", { stateFile });
    await pulse(25);
    await agent.stop();
    const { last } = await startMeter("", { stateFile });
    expect(last()).toMatchObject({ pulses: 25 });
  });

  it("is said to the last pulse at the stop, before the counter is offline", async () => {
    const { agent, pulse, bus } = await startMeter("", { stateFile: new FakeStateFile() });
    await pulse(25);
    await agent.stop();
    const said = bus.published.filter(({ topic }) => topic === "meter" || topic === "meter/availability").slice(-2);
    expect(said).toMatchObject([{ payload: expect.stringContaining('"pulses":25') }, { payload: "offline" }]);
  });

  it("goes on from what version 0.4 kept, and is the same then", async () => {
    const stateFile = new FakeStateFile();
    stateFile.current = writeState({ meter: { pulses: 12_345 } });
    const { last } = await startMeter(", pulses_per_unit: 1000", { stateFile });
    expect(last()).toMatchObject({ total: 12.345, pulses: 12_345 });
  });

  it("is changed by other pulses per unit only for what comes after", async () => {
    const stateFile = new FakeStateFile();
    const before = await startMeter(", pulses_per_unit: 10", { stateFile });
    await before.pulse(25);
    await before.agent.stop();
    const { last, pulse, clock, agent } = await startMeter(", pulses_per_unit: 100", { stateFile });
    expect(last()).toMatchObject({ total: 2.5, pulses: 25 });
    await pulse(3);
    await clock.advance(10_000);
    expect(last()).toMatchObject({ total: 2.53, pulses: 28 });
    await agent.stop();
    const back = await startMeter(", pulses_per_unit: 10", { stateFile });
    expect(back.last()).toMatchObject({ total: 2.53, pulses: 28 });
  });

  it("counts 10,000 of 10,000 pulses that are told late and together", async () => {
    const clock = new FakeClock();
    const edges = queuedEdges(clock, 1, true);
    const { bus } = await startHouse(meter(), { clock, bank: edges.bank });
    for (let pulse = 1; pulse <= 10_000; pulse += 1) {
      edges.move(0);
      clock.stall(0.5);
      edges.move(1);
      clock.stall(0.5);
      if (pulse % 400 === 0) edges.tellEdges();
      if (pulse % 1_000 === 0) await clock.advance(0);
    }
    await clock.advance(20_000);
    expect(JSON.parse(bus.retained.get("meter") ?? "")).toMatchObject({ pulses: 10_000 });
  });

  it("is on disk before it is said, so that no crash takes it back", async () => {
    const stateFile = new FakeStateFile();
    let letGo = () => {};
    const { clock, pulse, last, bus } = await startMeter("", { stateFile });
    await clock.advance(60_000);
    stateFile.disk = () => new Promise((resolve) => (letGo = resolve));
    await pulse();
    bus.receive("meter/total/set", "1000");
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 0 });
    letGo();
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 1 });
    letGo();
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 1_000 });
    expect(stateFile.current).toContain('"pulses":1000');
  });

  it("is said all the same where the disk does not take it", async () => {
    const stateFile = new FakeStateFile();
    stateFile.disk = () => Promise.reject(new Error("EROFS: read-only file system"));
    const { clock, pulse, last, log } = await startMeter("", { stateFile });
    await pulse(2);
    await clock.advance(10_000);
    expect(last()).toMatchObject({ pulses: 2 });
    expect(log.at("warn")).toMatchObject([{ message: expect.stringContaining("cannot store values") }]);
  });

  it("costs one writing in ten seconds, however many pulses and meters there are", async () => {
    const stateFile = new FakeStateFile();
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    const yaml = ["a", "b", "c"].map((id, index) => `  ${id}: {kind: counter, topic: ${id}, pin: ${20 + index}}\n`);
    const { bus } = await startHouse(`devices:\n${yaml.join("")}`, { clock, pins, stateFile });
    for (let second = 0; second < 600; second += 1)
      for (const level of [0, 1] as const) {
        for (const each of [20, 21, 22]) {
          pins.drive(each, level);
          await clock.advance(level === 0 ? 50 : 100);
        }
        await clock.advance(level === 0 ? 150 : 400);
      }
    await clock.advance(10_000);
    for (const id of ["a", "b", "c"]) expect(JSON.parse(bus.retained.get(id) ?? "")).toMatchObject({ pulses: 600 });
    expect(stateFile.writes).toBeLessThanOrEqual(62);
  });
});

describe("a counter in Home Assistant", () => {
  it.each([
    ["device_class: energy, pulses_per_unit: 1000", { device_class: "energy", unit_of_measurement: "kWh" }, 3],
    ["device_class: gas, pulses_per_unit: 100", { device_class: "gas", unit_of_measurement: "m³" }, 2],
    ["device_class: water, unit: m³, pulses_per_unit: 1", { device_class: "water", unit_of_measurement: "m³" }, 0],
    ["unit: turns", { unit_of_measurement: "turns" }, 0],
    ["debounce: 1ms", {}, 0],
  ])("has with %s the class and unit that belong together", (options, expected, digits) => {
    const component = componentsOf(meter(`, ${options}`))["meter__total__sensor"];
    expect(component).toMatchObject({
      state_class: "total_increasing",
      suggested_display_precision: digits,
      state_topic: "meter",
      ...expected,
    });
    for (const key of ["device_class", "unit_of_measurement"])
      if (!(key in expected)) expect(component).not.toHaveProperty(key);
  });

  it.each([
    ["device_class: energy, rate: W", "Power", { device_class: "power", unit_of_measurement: "W" }],
    ["device_class: water, rate: L/min", "Flow", { device_class: "volume_flow_rate", unit_of_measurement: "L/min" }],
    ["device_class: gas, rate: m³/h", "Flow", { device_class: "volume_flow_rate", unit_of_measurement: "m³/h" }],
    [
      "device_class: precipitation, rate: mm/h",
      "Intensity",
      { device_class: "precipitation_intensity", unit_of_measurement: "mm/h" },
    ],
    ["device_class: distance, rate: m/s", "Speed", { device_class: "speed", unit_of_measurement: "m/s" }],
    ["unit: turns, rate: turns/min", "Rate", { unit_of_measurement: "turns/min" }],
  ])("has with %s a second entity for the %s", (options, name, expected) => {
    const { meter__rate__sensor: rate, meter__rejected__sensor: rejected } = componentsOf(meter(`, ${options}`));
    expect(rate).toMatchObject({
      name: `Meter ${name}`,
      state_class: "measurement",
      value_template: "{{ value_json.rate }}",
      ...expected,
    });
    if (!("device_class" in expected)) expect(rate).not.toHaveProperty("device_class");
    expect(rejected).toBeUndefined();
  });

  it("shows rejected pulses where there is a max_rate", () => {
    const { meter__rejected__sensor: rejected } = componentsOf(
      meter(", device_class: energy, rate: W, max_rate: 9000"),
    );
    expect(rejected).toMatchObject({ entity_category: "diagnostic", value_template: "{{ value_json.rejected }}" });
  });

  it.each([
    ["device_class: water, unit: kWh", "unit", 'device class water has no unit "kWh"; it has'],
    ["device_class: energy, unit: Wh, rate: Wh/h", "rate", 'device class power has no unit "Wh/h"; it has'],
  ])("is warned of with %s, of which Home Assistant makes no statistics", (options, option, sentence) => {
    const { warnings } = checked(meter(`, ${options}`));
    expect(warnings).toEqual([expect.stringContaining(`devices.meter.${option}: Home Assistant's ${sentence}`)]);
    expect(checked(meter(", device_class: water, unit: gal, rate: gal/d")).warnings).toEqual([]);
  });
});
