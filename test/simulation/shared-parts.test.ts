import { expect, it } from "vitest";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { checked } from "../config/checked.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";

it("two devices read different inputs of one simulated converter", async () => {
  const yaml = `devices:
  one: {kind: ads1115, topic: one, every: 2s, channels: {battery: {input: 0, divider: [10k, 10k]}}}
  two: {kind: ads1115, topic: two, every: 2s, channels: {sun: {input: 1}}}
`;
  const clock = new FakeClock();
  const room = simulatedRoom(checked(yaml).config?.devices ?? [], clock);
  room.set("one", "battery", 5, 0);
  room.set("two", "sun", 1.25, 0);
  const { bus } = await startHouse(yaml, { clock, files: room.files });
  await clock.advance(2_000);
  expect(bus.retained.get("one")).toContain('"battery":5');
  expect(bus.retained.get("two")).toContain('"sun":1.25');
});
