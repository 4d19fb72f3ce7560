import { expect, it } from "vitest";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { checked } from "../config/checked.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startSensor } from "../fakes/sensor.ts";

/** Each measure with a value that a scenario sets, and what is published of it. */
const set: readonly (readonly [measure: string, value: number, published: unknown])[] = [
  ["processor_use", 97, 97],
  ["load_1m", 2.5, 2.5],
  ["load_5m", 1.25, 1.25],
  ["load_15m", 0.75, 0.75],
  ["memory_use_percent", 91, 91],
  ["memory_free", 80, 80],
  ["swap_use_percent", 50, 50],
  ["disk_use_percent", 99, 99],
  ["disk_free", 0.2, 0.2],
  ["uptime", 0.5, 0.5],
  ["drive_temperature", 61, 61],
  ["storage_wear", 70, 70],
  ["fan_speed", 0, 0],
  ["wifi_signal", -81, -81],
  ["network_in", 7000, 7000],
  ["network_out", 900, 900],
  ["under_voltage", 1, "ON"],
  ["frequency_capped", 1, "ON"],
  ["throttled", 0, "OFF"],
  ["temperature_limited", 1, "ON"],
  ["under_voltage_since_boot", 1, "ON"],
  ["frequency_capped_since_boot", 0, "OFF"],
  ["throttled_since_boot", 1, "ON"],
  ["temperature_limited_since_boot", 0, "OFF"],
];

it("publishes of a simulated machine what a scenario sets, for each measure", async () => {
  const options = `kind: system, interface: eth0, every: 10s, measures: [${set.map(([name]) => name).join(", ")}]`;
  const clock = new FakeClock();
  const room = simulatedRoom(checked(`devices:\n  it: {topic: it, ${options}}\n`).config?.devices ?? [], clock);
  const house = await startSensor(options, { ...room, clock });
  for (const [name, value] of set) room.set("it", name, value, 0);
  await clock.advance(10_000);
  expect(house.reading()).toEqual(Object.fromEntries(set.map(([name, , published]) => [name, published])));
  expect(house.log.at("warn")).toEqual([]);
});
