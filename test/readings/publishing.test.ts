import { describe, expect, it } from "vitest";
import { type Given, settable, withoutTime } from "../fakes/settable-sensor.ts";

const degrees = (temperature: number): Given => ({ temperature });
const air = (temperature: number, humidity: number): Given => ({ temperature, humidity, pressure: 1000 });

describe("publish: on_change", () => {
  it("says only what is another value to the digits that are published", async () => {
    const { read, said, availability } = await settable("kind: thermometer, publish: on_change", degrees(21.4));
    for (const value of [21.41, 21.38, 21.46, 21.45, 21.4]) await read(degrees(value));
    expect(said().map(({ temperature }) => temperature)).toEqual([21.4, 21.5, 21.4]);
    expect(availability()).toBe("online");
  });

  it("takes as a change what `delta` says of each measure, and says all of them then", async () => {
    const { read, said } = await settable(
      "kind: weather, publish: on_change, delta: {temperature: 0.3, humidity: 5}",
      air(20, 50),
    );
    for (const [temperature, humidity] of [
      [20.2, 54.9],
      [20.3, 54],
      [20.3, 58.9],
      [20.1, 59],
    ] as const)
      await read(air(temperature, humidity));
    expect(said()).toEqual([
      { temperature: 20, humidity: 50, pressure: 1000 },
      { temperature: 20.3, humidity: 54, pressure: 1000 },
      { temperature: 20.1, humidity: 59, pressure: 1000 },
    ]);
  });

  it("says the state again when nothing has changed for the heartbeat, which is 10 minutes by default", async () => {
    const short = await settable("kind: thermometer, publish: on_change, heartbeat: 1m", degrees(20));
    const usual = await settable("kind: thermometer, publish: on_change", degrees(20));
    for (const { clock } of [short, usual]) await clock.advance(20 * 60_000 + 5_000);
    expect(short.said().length).toBe(21);
    expect(usual.said().length).toBe(3);
  });

  it("says the state when a sensor that was offline works again, so that nobody takes the last one for the present one", async () => {
    const { read, said, availability } = await settable("kind: thermometer, publish: on_change", degrees(20));
    for (let times = 0; times < 3; times += 1) await read("fails");
    expect(availability()).toBe("offline");
    for (let times = 0; times < 3; times += 1) await read(degrees(20));
    expect(said()).toHaveLength(2);
  });

  it("does not take for published what came so late that nobody waited for it", async () => {
    const { set, said, clock } = await settable("kind: thermometer, publish: on_change", degrees(20));
    set(new Promise((resolve) => clock.after(20_500, () => resolve({ temperature: 25 }))));
    await clock.advance(20_500);
    expect(said()).toEqual([{ temperature: 20 }]);
    set(degrees(25));
    await clock.advance(20_000);
    expect(said()).toEqual([{ temperature: 20 }, { temperature: 25 }]);
  });

  it("says that there is no value, and that there is one again", async () => {
    const { read, said } = await settable("kind: weather, publish: on_change", air(20, 50));
    for (const humidity of [200, 200, 50]) await read(air(20, humidity));
    expect(said().map(({ humidity }) => humidity)).toEqual([50, null, 50]);
  });

  it("gives who asks, and a new broker, what is known now", async () => {
    const { read, bus } = await settable("kind: thermometer, publish: on_change, delta: 5", degrees(20));
    await read(degrees(21));
    bus.receive("it/get", "");
    expect(withoutTime(bus.retained.get("it"))).toEqual({ temperature: 21 });
  });
});

describe("a value that comes after there was none", () => {
  it.each(["delta: 10", "throttle: 1h"])("is said, also where a filter would keep it back: %s", async (filter) => {
    const { read, said } = await settable(`kind: weather, filters: {humidity: [{${filter}}]}`, air(20, 50));
    for (const humidity of [200, 51, 52]) await read(air(20, humidity));
    expect(said().map(({ humidity }) => humidity)).toEqual([50, null, 51, 51]);
  });
});

describe("a sensor that was gone and is back", () => {
  it.each([
    ["heartbeat: 1h", [20], null],
    ["delta: 10", [20], 25],
    ["median: {window_size: 3, send_every: 3}", [20, 20, 20], 25],
    ["sliding_window_moving_average: {window_size: 4}", [20, 20, 20], 25],
    ["exponential_moving_average: {alpha: 0.1, send_every: 1}", [20, 20, 20], 25],
  ] as const)("does not say what it gave before: %s", async (filter, before, after) => {
    const { read, availability, bus, clock } = await settable(`kind: thermometer, filters: [{${filter}}]`, degrees(20));
    for (const value of before) await read(degrees(value));
    if (filter.startsWith("heartbeat")) await clock.advance(3_600_000);
    expect(withoutTime(bus.retained.get("it"))).toEqual({ temperature: 20 });
    for (let times = 0; times < 4; times += 1) await read("fails");
    expect(availability()).toBe("offline");
    for (let times = 0; times < 8 && availability() === "offline"; times += 1) await read(degrees(25));
    expect([availability(), withoutTime(bus.retained.get("it"))]).toEqual(["online", { temperature: after }]);
  });
});

describe("a value that a filter says later", () => {
  it("is said with all measures, and with the time of the last good reading", async () => {
    const { read, said, times, clock } = await settable(
      "kind: weather, filters: {temperature: [{debounce: 4s}], humidity: [{delta: 10}], pressure: [{delta: 10}]}",
      air(20, 50),
    );
    await clock.advance(4_000);
    await read(air(21, 51));
    expect(said()).toEqual([
      { temperature: null, humidity: 50, pressure: 1000 },
      { temperature: 20, humidity: 50, pressure: 1000 },
      { temperature: 21, humidity: 50, pressure: 1000 },
    ]);
    expect(times()[1]).toBe(times()[0]);
    expect(new Date(times()[2] ?? 0).getTime() - new Date(times()[0] ?? 0).getTime()).toBe(10_000);
  });

  it("makes no device online, and begins anew when it is online again", async () => {
    const { read, said, availability, clock } = await settable(
      "kind: thermometer, filters: [{throttle_average: 1m}]",
      degrees(20),
    );
    expect([availability(), said()]).toEqual(["offline", []]);
    for (let times = 0; times < 4; times += 1) await read("fails");
    await clock.advance(60_000);
    expect([availability(), said()]).toEqual(["offline", []]);
    for (let times = 0; times < 14; times += 1) await read(degrees(20));
    expect([availability(), ...said().slice(0, 2)]).toEqual(["online", { temperature: null }, { temperature: 20 }]);
  });

  it("is not an old value while the sensor gives none", async () => {
    const { read, said } = await settable("kind: weather, filters: {humidity: [{heartbeat: 15s}]}", air(20, 50));
    await read(air(20, 50));
    for (let times = 0; times < 4; times += 1) await read(air(20, 200));
    expect(
      said()
        .slice(-4)
        .map(({ humidity }) => humidity),
    ).toEqual([null, null, null, null]);
  });

  it("ends with the device", async () => {
    const all = "[{timeout: 1h}, {debounce: 9s}, {throttle_average: 1m}, {heartbeat: 1m}]";
    const { agent, clock } = await settable(`kind: thermometer, filters: ${all}`, degrees(20));
    await agent.stop();
    expect(clock.pending).toBe(0);
  });
});
