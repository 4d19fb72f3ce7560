import { type HouseParts, startHouse } from "./house.ts";
import type { FakeLog } from "./log.ts";

/** Starts one sensor called `it` on the topic `it`, and reads it once. */
export async function startSensor(options: string, parts: HouseParts = {}) {
  const house = await startHouse(`devices:\n  it: {topic: it, ${options}}\n`, parts);
  await house.clock.advance(1_000);
  return { ...house, reading: () => values(house.bus.retained.get("it")) };
}

/** Starts one sensor as {@link startSensor} does, which is expected to fail, and gives it time for three readings. */
export async function startFailing(options: string, parts: HouseParts = {}) {
  const sensor = await startSensor(options, parts);
  await sensor.clock.advance(10_000);
  return { ...sensor, warnings: warnings(sensor), isKnown: sensor.bus.retained.has("it") };
}

/** The reasons of all warnings. */
export function warnings({ log }: { log: FakeLog }): unknown[] {
  return log.at("warn").map((line) => line["reason"]);
}

/** A reading without its time. */
function values(payload: string | undefined): Record<string, unknown> {
  const { ts, ...rest } = JSON.parse(payload ?? "{}") as Record<string, unknown>;
  return rest;
}
