import { describe, expect, it } from "vitest";
import { type Given, settable } from "../fakes/settable-sensor.ts";

const degrees = (temperature: number): Given => ({ temperature });
const air = (temperature: number, humidity: number): Given => ({ temperature, humidity, pressure: 1000 });
const wet = "the sensor gave humidity 90, outside the plausible range of 20 to 80 %";

describe("with quality: true", () => {
  it("a reading that failed is said with the last good value and its time, until the sensor is offline", async () => {
    const { read, said, times, availability } = await settable("kind: thermometer, quality: true", degrees(20));
    await read(degrees(99));
    const reason = "the sensor gave temperature 99, outside its range of -40 to 85 °C";
    expect(said()).toEqual([
      { temperature: 20, quality: "good", reason: null },
      { temperature: 20, quality: "suspect", reason },
    ]);
    expect(new Set(times()).size).toBe(1);
    for (let failures = 0; failures < 5; failures += 1) await read("fails");
    expect(availability()).toBe("offline");
    expect(said().at(-1)).toEqual({ temperature: 20, quality: "suspect", reason: "the sensor did not answer" });
    const before = said().length;
    await read("fails");
    expect(said()).toHaveLength(before);
    for (let times = 0; times < 3; times += 1) await read(degrees(20));
    expect([availability(), said().at(-1)]).toEqual(["online", { temperature: 20, quality: "good", reason: null }]);
  });

  it("a bad value beside good ones is the last good one for two readings, and null from the third on", async () => {
    const { read, said } = await settable("kind: weather, quality: true, range: {humidity: [20, 80]}", air(20, 50));
    for (const temperature of [21, 22, 23]) await read(air(temperature, 90));
    await read(air(24, 55));
    expect(said().slice(1)).toEqual([
      { temperature: 21, humidity: 50, pressure: 1000, quality: "suspect", reason: wet },
      { temperature: 22, humidity: 50, pressure: 1000, quality: "suspect", reason: wet },
      { temperature: 23, humidity: null, pressure: 1000, quality: "suspect", reason: wet },
      { temperature: 24, humidity: 55, pressure: 1000, quality: "good", reason: null },
    ]);
  });

  it("says that all is well again also where the filters have nothing to say", async () => {
    const { read, said } = await settable("kind: thermometer, quality: true, filters: [{delta: 5}]", degrees(20));
    await read(degrees(99));
    await read(degrees(21));
    expect(said().map(({ quality }) => quality)).toEqual(["good", "suspect", "good"]);
    expect(said().at(-1)).toMatchObject({ temperature: 20 });
  });
});

describe("a thermostat", () => {
  const house = (sensor: string, options: string) => `  heater: {kind: relay, topic: heater, pin: 17}
  room: {kind: thermostat, topic: room, sensor: ${sensor}, heater: heater, target: 20, mode: heat${options}}
`;
  const thermostat = async (options: string, first: number) => {
    const made = await settable(`kind: weather, ${options}`, air(first, 50), house("it.temperature", ""));
    const state = () => JSON.parse(made.bus.retained.get("room/state") ?? "{}") as Record<string, unknown>;
    const heats = () => made.pins.level(17) === 1;
    return { ...made, state, heats };
  };

  it("begins nothing by a suspect value", async () => {
    const { read, bus, heats, state } = await thermostat("quality: true, range: {temperature: [5, 40]}", 21);
    await read(air(0, 50));
    bus.receive("room/target/set", "25");
    expect([heats(), state()]).toMatchObject([false, { sensor: "suspect", current: 21 }]);
    await read(air(21, 50));
    expect([heats(), state()]).toMatchObject([true, { sensor: "good", current: 21 }]);
  });

  it("ends what it has begun when the value has been suspect for three readings", async () => {
    const { read, heats, state } = await thermostat("quality: true, range: {temperature: [5, 40]}", 15);
    expect(heats()).toBe(true);
    await read(air(0, 50));
    await read(air(0, 50));
    expect([heats(), state()]).toMatchObject([true, { sensor: "suspect" }]);
    await read(air(0, 50));
    expect([heats(), state()]).toMatchObject([false, { sensor: "missing" }]);
  });

  it("does not mind that another measure of its sensor is suspect", async () => {
    const { read, heats, state } = await thermostat("quality: true, range: {humidity: [20, 80]}", 21);
    await read(air(15, 90));
    expect([heats(), state()]).toMatchObject([true, { sensor: "good", current: 15 }]);
  });

  it("begins nothing by a number that the filter timeout has made up", async () => {
    const filters =
      "filters: {temperature: [{clamp: {min_value: 10, ignore_out_of_range: true}}, {timeout: {timeout: 15s, value: 11}}]}";
    const { read, heats, state } = await thermostat(filters, 21);
    await read(air(5, 50));
    await read(air(5, 50));
    expect([heats(), state()]).toMatchObject([false, { sensor: "suspect", current: 11 }]);
    await read(air(12, 50));
    expect([heats(), state()]).toMatchObject([true, { sensor: "good", current: 12 }]);
  });

  it("sees each reading, also those that are not published because they bring no change", async () => {
    const { read, heats, state, said } = await thermostat("publish: on_change, delta: {temperature: 5}", 21);
    await read(air(19, 50));
    expect(said()).toHaveLength(1);
    expect([heats(), state()]).toMatchObject([true, { current: 19 }]);
  });
});
