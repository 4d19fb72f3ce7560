import { describe, expect, it } from "vitest";
import { warnings } from "../fakes/sensor.ts";
import { type Given, settable } from "../fakes/settable-sensor.ts";

const degrees = (temperature: number): Given => ({ temperature });
const air = (temperature: number, humidity: number): Given => ({ temperature, humidity, pressure: 1000 });

describe("a value that is not plausible", () => {
  it.each([
    ["range: [10, 40]", 41, "the sensor gave temperature 41, outside the plausible range of 10 to 40 °C"],
    [
      "range: {temperature: [10, 40]}",
      9.9,
      "the sensor gave temperature 9.9, outside the plausible range of 10 to 40 °C",
    ],
    [
      "range: {temperature: [10, 40]}",
      41.057833333333335,
      "the sensor gave temperature 41.058, outside the plausible range of 10 to 40 °C",
    ],
    [
      "max_change: 5",
      26,
      "the sensor gave temperature 26, which is too far from 20 16 s before; 5 °C a minute is plausible",
    ],
  ])("is a failed reading, which takes the sensor offline at the third time: %s", async (options, value, reason) => {
    const { read, said, availability, log } = await settable(`kind: thermometer, ${options}`, degrees(20));
    await read(degrees(value));
    expect([availability(), said()]).toEqual(["online", [{ temperature: 20 }]]);
    await read(degrees(value));
    await read(degrees(value));
    expect([availability(), said()]).toEqual(["offline", [{ temperature: 20 }]]);
    expect(warnings({ log })).toEqual([reason]);
    await read(degrees(20));
    await read(degrees(20));
    expect([availability(), said().at(-1)]).toEqual(["online", { temperature: 20 }]);
  });

  it("leaves the good ones beside it: only it is null", async () => {
    const { read, now, availability } = await settable("kind: weather, range: {humidity: [20, 80]}", air(20, 50));
    for (let times = 0; times < 5; times += 1) await read(air(21, 90));
    expect([availability(), now()]).toEqual(["online", { temperature: 21, humidity: null, pressure: 1000 }]);
    await read(air(21, 60));
    expect(now()).toEqual({ temperature: 21, humidity: 60, pressure: 1000 });
  });
});

describe("max_change", () => {
  it("is for a minute: no value is further than that from any of the minute before", async () => {
    const { read, now } = await settable("kind: thermometer, max_change: 5", degrees(20));
    for (const value of [22, 24, 25]) await read(degrees(value));
    expect(now()).toEqual({ temperature: 25 });
    // 26 is too far from the 20 of 40 s ago.
    await read(degrees(26));
    expect(now()).toEqual({ temperature: 25 });
  });

  it("believes a sensor again when enough time has passed since a real jump", async () => {
    const { set, now, clock, availability } = await settable("kind: thermometer, max_change: 5", degrees(20));
    set(degrees(40));
    await clock.advance(3.5 * 60_000);
    expect(availability()).toBe("offline");
    // 20 K are plausible after 4 minutes; a sensor that fails is read at least once a minute.
    await clock.advance(1.5 * 60_000);
    expect([availability(), now()]).toEqual(["online", { temperature: 40 }]);
  });
});

describe("stuck_after", () => {
  it("takes exactly the same raw value for so long as a failure, until it is another one", async () => {
    const { read, set, clock, said, availability, log } = await settable(
      "kind: thermometer, stuck_after: 1m",
      degrees(21.375),
    );
    for (let times = 0; times < 5; times += 1) await read(degrees(21.375));
    expect(said()).toHaveLength(6);
    for (let times = 0; times < 3; times += 1) await read(degrees(21.375));
    expect([said().length, availability()]).toEqual([6, "offline"]);
    expect(warnings({ log })[0]).toMatch(
      /^the sensor gave temperature 21.375 and nothing else for \d+ s; it seems to be stuck$/,
    );
    set(degrees(21.38));
    // A sensor that fails is read at least once a minute.
    await clock.advance(50_000);
    expect(availability()).toBe("online");
  });
});
