import { describe, expect, it } from "vitest";
import { settable } from "../fakes/settable-sensor.ts";

const heaterPin = 17;

/** A room at 17 °C, read each ten seconds, with a thermostat that heats to 20 °C. */
async function room(options: string) {
  const house = await settable(
    `kind: thermometer, ${options}`,
    { temperature: 17 },
    `  heater: {kind: relay, topic: heater, pin: ${heaterPin}}\n` +
      "  thermostat: {kind: thermostat, topic: thermostat, sensor: it, heater: heater, mode: heat, target: 20}\n",
  );
  return { ...house, heats: () => house.pins.level(heaterPin) === 1 };
}

/** Chains that say nothing for a long time while the sensor reads the same again and again. */
const quiet = [
  "filters: [{delta: 0.5}]",
  "filters: [{throttle: 30m}]",
  "filters: [{throttle_average: 1m}]",
  "filters: [{heartbeat: 2m}]",
  "filters: [{skip_initial: 2}]",
  "filters: [{debounce: 5s}]",
  "filters: [{median: {window_size: 5, send_every: 5}}]",
  "filters: [{sliding_window_moving_average: {window_size: 30, send_every: 30, send_first_at: 1}}]",
  "publish: on_change",
  "publish: on_change, delta: 2, heartbeat: 1h",
  "publish: on_change, filters: [{delta: 0.5}, {throttle: 5m}]",
  "quality: true, filters: [{throttle: 30m}]",
];

describe.each(quiet)("a thermostat whose sensor has %s", (options) => {
  it("heats as long as the sensor reads well, however seldom it says so", async () => {
    const { clock, heats } = await room(options);
    await clock.advance(3 * 60_000);
    expect(heats()).toBe(true);
    for (let minute = 0; minute < 90; minute += 1) {
      await clock.advance(60_000);
      expect(heats()).toBe(true);
    }
  });

  it("stops within 35 s of the last good reading", async () => {
    const { clock, heats, set } = await room(options);
    await clock.advance(10 * 60_000);
    expect(heats()).toBe(true);
    set("fails");
    await clock.advance(36_000);
    expect(heats()).toBe(false);
    await clock.advance(10 * 60_000);
    expect(heats()).toBe(false);
  });
});

describe.each([
  "filters: [{median: {window_size: 5, send_every: 5, send_first_at: 5}}]",
  "filters: [{throttle_average: 1m}]",
  "filters: [{heartbeat: 2m}]",
  "filters: [{skip_initial: 5}]",
  "filters: [{debounce: 5s}]",
])("a sensor with %s that was offline", (options) => {
  it("says nothing until its filters do, so that nobody takes an old value for a new one", async () => {
    const { clock, heats, set, bus } = await room(options);
    await clock.advance(5 * 60_000);
    expect(heats()).toBe(true);
    set("fails");
    await clock.advance(5 * 60_000);
    expect(bus.retained.get("it/availability")).toBe("offline");
    set({ temperature: 25 });
    for (let second = 0; second < 180; second += 1) {
      await clock.advance(1_000);
      expect(heats()).toBe(false);
      if (bus.retained.get("it/availability") === "online")
        expect([25, null]).toContain(JSON.parse(bus.retained.get("it") ?? "{}").temperature);
    }
    expect(bus.retained.get("it/availability")).toBe("online");
  });

  it("is unavailable after a start until its filters say something", async () => {
    const { bus } = await settable(`kind: thermometer, ${options}`, { temperature: 17 });
    const isOnline = bus.retained.get("it/availability") === "online";
    expect(isOnline).toBe(bus.retained.has("it"));
  });
});
