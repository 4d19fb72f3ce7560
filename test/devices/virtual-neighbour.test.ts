import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { startHouse } from "../fakes/house.ts";

describe("a virtual device as a neighbour", () => {
  const others = `
  heater: {kind: relay, topic: heater, pin: 17}
  stat: {kind: thermostat, topic: stat, sensor: room, heater: HEATER, mode: heat, target: 20}
  room: {kind: virtual, topic: room, type: number, device_class: temperature, max_value: 40, initial_value: 25}
  holiday: {kind: virtual, topic: holiday, type: switch}
`;

  it("is a measure that a thermostat follows, and never too old", async () => {
    const { bus, clock, pins } = await startHouse(`devices:${others.replace("HEATER", "heater")}`);
    await clock.advance(3_600_000);
    expect(pins.level(17)).toBe(0);
    bus.receive("room", "10");
    await clock.advance(0);
    expect(pins.level(17)).toBe(1);
    await clock.advance(3_600_000);
    expect(pins.level(17)).toBe(1);
  });

  it("is an output that a thermostat switches", async () => {
    const { bus, clock } = await startHouse(`devices:${others.replace("HEATER", "holiday")}`);
    bus.receive("room", "10");
    await clock.advance(0);
    expect(bus.retained.get("holiday/state")).toBe("ON");
    bus.receive("room", "30");
    await clock.advance(0);
    expect(bus.retained.get("holiday/state")).toBe("OFF");
  });

  it.each([
    ["sensor: room.value, heater: heater", undefined],
    ["sensor: holiday, heater: heater", '"holiday" is a virtual, which measures nothing; name a sensor'],
    ["sensor: room, heater: room", '"room" is a virtual, which cannot be switched on and off; name an output'],
  ])("is linked where its type allows it: %s", (links, problem) => {
    const text = `devices:${others.replace("sensor: room, heater: HEATER", links)}`;
    const { problems } = checked(text, { backends: [] });
    expect(problems.filter((line) => line.includes("virtual"))).toEqual(
      problem === undefined ? [] : [expect.stringContaining(problem)],
    );
  });
});
