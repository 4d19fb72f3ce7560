import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterKinds } from "../../src/core/filters/index.ts";
import { checked } from "../config/checked.ts";
import { settled } from "../fakes/clock.ts";
import { through } from "../fakes/filtered.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeTree } from "../fakes/tree.ts";

describe("a median", () => {
  it("gives a value of the middle for any values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (values) => {
        const [last] = through("[{median: {window_size: 5}}]", values).slice(-1);
        const window = values.slice(-5);
        expect(window.filter((value) => value <= (last ?? Number.NaN)).length * 2).toBeGreaterThanOrEqual(
          window.length,
        );
        expect(window.filter((value) => value >= (last ?? Number.NaN)).length * 2).toBeGreaterThanOrEqual(
          window.length,
        );
      }),
    );
  });
});

const root = "/sys/bus/w1/devices/28-0316a2795dff";

/** A thermometer whose value a test sets, with these filters. */
async function thermometer(filters: string) {
  let celsius = 20;
  const files = new FakeTree({ [`${root}/temperature`]: () => `${celsius * 1_000}\n` });
  const yaml = `home_assistant: {discovery: false}\ndevices:\n  it: {kind: ds18b20, topic: it, every: 10s, filters: {temperature: ${filters}}}\n`;
  const house = await startHouse(yaml, { files });
  await house.clock.advance(1_000);
  const read = async (value: number) => {
    celsius = value;
    await house.clock.advance(10_000);
    await settled();
  };
  const said = () => house.bus.on("it").map((text) => (JSON.parse(text) as { temperature: number }).temperature);
  return { ...house, read, said };
}

describe("the filters of a sensor", () => {
  it("stand between its range and what is published, which is rounded after them", async () => {
    const { read, said } = await thermometer("[{offset: -0.123}, {multiply: 2}]");
    await read(126);
    await read(21.337);
    expect([...new Set(said())]).toEqual([39.75, 42.43]);
  });

  it("say nothing where they have nothing to say, and the device stays online", async () => {
    const { read, said, bus } = await thermometer("[{delta: 1}]");
    for (const value of [20.2, 20.9, 21, 21.5]) await read(value);
    expect(said()).toEqual([20, 21]);
    expect(bus.retained.get("it/availability")).toBe("online");
  });
});

describe.each([...filterKinds])("the filter $name", ({ options, examples }) => {
  it("takes the examples that messages and editors show of it", () => {
    for (const example of examples) expect(options.safeParse(example).success, JSON.stringify(example)).toBe(true);
  });
});

describe("filters in devices.yaml", () => {
  const problems = (filters: string) =>
    checked(`devices:\n  it: {kind: dht, topic: it, pin: 4, filters: ${filters}}\n`).problems;

  it.each([
    "{temperature: [{offset: -0.5}], humidity: [{median: {window_size: 5}}, {throttle: 5m}]}",
    "{}",
    "{temperature: [{median: {}}]}",
  ])("are taken: %s", (filters) => {
    expect(problems(filters)).toEqual([]);
  });

  it.each([
    [
      "{pressure: [{offset: 1}]}",
      'filters.pressure: "pressure" is no measure of this kind; there are temperature, humidity, absolute_humidity, dew_point, heat_index',
    ],
    ["{temperature: [{ofset: 1}]}", 'filters.temperature.0.ofset: "ofset" is no filter; did you mean "offset"?'],
    ["{temperature: [{lambda: 1}]}", '"lambda" is no filter; there are calibrate_linear, calibrate_polynomial, clamp'],
    [
      "{temperature: [{}]}",
      "is not one filter; write each filter on a line of its own after a dash, as in - offset: -0.5",
    ],
    ["{temperature: [{timeout: {timeout: 5m, value: lst}}]}", '"lst" is not a number, nan or last'],
    ["{temperature: {offset: 1}}", "is not a list; write each filter on a line of its own after a dash"],
    [
      "{temperature: [{offset: 1, multiply: 2}]}",
      "is not one filter; write each filter on a line of its own after a dash, as in - offset: -0.5",
    ],
    ["{temperature: [{throttle: 5}]}", '"5" is not a duration'],
    ["{temperature: [{offset: high}]}", '"high" is not a number'],
    ["{temperature: [{delta: 0}]}", '"0" is not above 0'],
  ])("are refused with their place: %s", (filters, sentence) => {
    expect(problems(filters).join("\n")).toContain(sentence);
  });
});
