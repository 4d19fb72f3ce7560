import { describe, expect, it } from "vitest";
import { derivedMeasures } from "../../src/core/derived/index.ts";
import { type Given, settable } from "../fakes/settable-sensor.ts";

const compute = (name: string, needed: number[], used?: number, metres = 0) =>
  derivedMeasures.find((one) => one.name === name)?.compute(needed, used, metres) ?? Number.NaN;
const fahrenheit = (degrees: number) => (degrees - 32) / 1.8;

describe("the dew point", () => {
  // DIN 4108-3, table of dew points over temperature and relative humidity.
  it.each([
    [30, 30, 10.5],
    [30, 50, 18.4],
    [30, 80, 26.2],
    [20, 30, 1.9],
    [20, 50, 9.3],
    [20, 80, 16.4],
    [10, 80, 6.7],
    [10, 50, 0.1],
    [-20, 100, -20],
  ])("of %s °C and %s % is %s °C", (celsius, percent, expected) => {
    expect(compute("dew_point", [celsius, percent])).toBeGreaterThan(expected - 0.11);
    expect(compute("dew_point", [celsius, percent])).toBeLessThan(expected + 0.11);
  });
});

describe("the absolute humidity", () => {
  // Saturated air: the usual tables of physics have 4.8, 9.4, 17.3 and 30.4 g/m³.
  it.each([
    [0, 100, 4.85],
    [10, 100, 9.4],
    [20, 100, 17.3],
    [30, 100, 30.4],
    [20, 50, 8.65],
    [20, 0, 0],
  ])("of %s °C and %s % is %s g/m³", (celsius, percent, expected) => {
    // Magnus' formula is right to 0.5 %.
    const found = compute("absolute_humidity", [celsius, percent]);
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(0.005 * expected + 0.01);
  });
});

describe("the heat index", () => {
  // The chart of the National Weather Service (www.weather.gov/safety/heat-index), in whole °F.
  it.each([
    [80, 40, 80],
    [86, 90, 105],
    [90, 50, 95],
    [90, 70, 105],
    [96, 60, 116],
    [100, 40, 109],
    [100, 55, 124],
    [104, 45, 124],
    [110, 40, 136],
  ])("of %s °F and %s % is %s °F", (degrees, percent, expected) => {
    const found = compute("heat_index", [fahrenheit(degrees), percent]);
    expect(Math.abs(found - fahrenheit(expected)) * 1.8).toBeLessThan(1);
  });

  it("is near the temperature in mild air", () => {
    // Steadman's formula: 0.5 × (68 + 61 + 0 + 50 × 0.094) = 66.85 °F, and the mean of that and 68 °F.
    expect(compute("heat_index", [20, 50])).toBeCloseTo(fahrenheit(67.425), 6);
  });
});

describe("the pressure at the sea", () => {
  // The International Standard Atmosphere (ISO 2533) at 0, 500, 1000 and 2000 m: 1013.25 hPa and 15 °C at the sea.
  it.each([
    [1013.25, 15, 0],
    [954.61, 11.75, 500],
    [898.75, 8.5, 1000],
    [794.95, 2, 2000],
  ])(
    "of %s hPa and %s °C at its height is 1013.25 hPa, with and without the temperature",
    (hectopascal, celsius, metres) => {
      expect(Math.abs(compute("sea_level_pressure", [hectopascal], celsius, metres) - 1013.25)).toBeLessThan(0.05);
      expect(Math.abs(compute("sea_level_pressure", [hectopascal], undefined, metres) - 1013.25)).toBeLessThan(0.05);
    },
  );
});

describe("derived measures of a sensor", () => {
  const air = (temperature: number, humidity: number): Given => ({ temperature, humidity, pressure: 954.61 });
  const all = "derive: [dew_point, absolute_humidity, heat_index, sea_level_pressure], altitude: 500m";

  it("stand after what it measures, in the order in which they were asked for", async () => {
    const { now, bus } = await settable(`kind: weather, ${all}`, air(20, 50));
    expect(now()).toEqual({
      temperature: 20,
      humidity: 50,
      pressure: 954.6,
      dew_point: 9.3,
      absolute_humidity: 8.6,
      heat_index: 19.7,
      sea_level_pressure: 1011.6,
    });
    expect(Object.keys(JSON.parse(bus.retained.get("it") ?? "{}") as object)).toEqual([...Object.keys(now()), "ts"]);
  });

  it("are computed of the values after their filters, and have filters of their own", async () => {
    const { now } = await settable(
      "kind: weather, derive: [dew_point], filters: {temperature: [{offset: 10}], dew_point: [{round: 0}]}",
      air(20, 50),
    );
    expect(now()).toMatchObject({ temperature: 30, dew_point: 18 });
  });

  it("are null where a value is that they need, and where there is none", async () => {
    const { read, now } = await settable("kind: weather, derive: [dew_point, absolute_humidity]", air(20, 50));
    await read(air(20, 200));
    expect(now()).toMatchObject({ humidity: null, dew_point: null, absolute_humidity: null });
    await read(air(20, 0));
    expect(now()).toMatchObject({ humidity: 0, dew_point: null, absolute_humidity: 0 });
  });

  it("are as suspect as what they are computed of", async () => {
    const { read, now, bus, pins } = await settable(
      "kind: weather, derive: [dew_point], quality: true",
      air(20, 50),
      "  heater: {kind: relay, topic: heater, pin: 17}\n  cellar: {kind: thermostat, topic: cellar, sensor: it.dew_point, heater: heater, target: 5, mode: heat}\n",
    );
    await read(air(20, 200));
    expect(now()).toMatchObject({ humidity: 50, dew_point: 9.3, quality: "suspect" });
    bus.receive("cellar/target/set", "25");
    expect(JSON.parse(bus.retained.get("cellar/state") ?? "{}")).toMatchObject({ sensor: "suspect", current: 9.3 });
    expect(pins.level(17)).toBe(0);
  });
});
