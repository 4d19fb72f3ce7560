import { describe, expect, it } from "vitest";
import { everyMs, heating, staleMs, type Thermometer, warmHouse } from "../../fakes/homes/warm-house.ts";

describe("a thermostat without a good reading", () => {
  it("goes on while one reading is suspect, and off once the sensor is offline; then it comes back", async () => {
    const { read, on, state, log } = await heating();
    await read("fails");
    expect([on(), state()]).toMatchObject(["heater", { sensor: "suspect", action: "heating", current: 19 }]);
    await read("fails");
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "missing", action: "idle", current: null }]);
    const ownWarnings = () => log.at("warn").filter(({ device }) => device === "it");
    expect(ownWarnings()).toMatchObject([{ sensor: "room.temperature", reading: "missing" }]);
    for (let count = 0; count < 10; count += 1) await read("fails");
    expect(ownWarnings()).toHaveLength(1);
    for (let count = 0; count < 8; count += 1) await read(19);
    expect([on(), state()]).toMatchObject(["heater", { sensor: "good", action: "heating", current: 19 }]);
    expect(log.lines.at(-1)?.level).not.toBe("warn");
    expect(log.lines.filter(({ message }) => message === "there are good readings again")).toHaveLength(1);
  });

  it.each<[string, Thermometer]>([
    ["heat", 10],
    ["cool", 30],
  ])("does not begin to %s by a suspect one", async (mode, temperature) => {
    const { bus, clock, read, on, state } = await warmHouse({ first: temperature });
    await clock.advance(1_000);
    await read("fails");
    expect(state()).toMatchObject({ sensor: "suspect", current: temperature });
    bus.receive("it", mode);
    expect([on(), state()]).toMatchObject(["nothing", { mode, action: "idle" }]);
    await read(temperature);
    expect(on()).not.toBe("nothing");
  });

  it("does not begin by a suspect one either where the beginning waited for min_off", async () => {
    const { read, on, set, clock } = await heating({ heater: "min_off: 12s" });
    expect(on()).toBe("nothing");
    await read("fails");
    await clock.advance(2_000);
    expect(on()).toBe("nothing");
    set(19);
    await clock.advance(1_000);
    expect(on()).toBe("heater");
  });

  it("goes off by itself, at most ten seconds after its last reading has become stale", async () => {
    const { on, state, set, clock, log } = await heating({ others: 8 });
    set("slow");
    await clock.advance(20_000);
    expect(state()).toMatchObject({ sensor: "good", action: "heating" });
    // Nine slow ones on one bus: the next reading comes more than a minute later, and nobody has failed.
    await clock.advance(staleMs + 10_000);
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "stale", action: "idle", current: null }]);
    expect(log.at("warn")).toMatchObject([{ device: "it", reading: "stale" }]);
    set(19);
    await clock.advance(100_000);
    expect([on(), state()]).toMatchObject(["heater", { sensor: "good", action: "heating", current: 19 }]);
  });

  it("goes off when its sensor hangs", async () => {
    const { on, set, clock } = await heating();
    set("hangs");
    await clock.advance(everyMs + staleMs);
    expect(on()).toBe("nothing");
  });

  it("is off where the sensor gives no temperature, and heats again with the next one", async () => {
    const { read, on, state } = await heating();
    await read("null");
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "missing", current: null }]);
    await read(19);
    expect(on()).toBe("heater");
  });

  it("says so once where the sensor has been silent since the start, but not before it could speak", async () => {
    const { clock, log, state } = await warmHouse({ first: "hangs", thermostat: "heater: heater, mode: heat" });
    const told = () => log.at("warn").filter(({ device }) => device === "it");
    await clock.advance(9_000);
    expect([told(), state()]).toMatchObject([[], { sensor: "missing", action: "idle" }]);
    await clock.advance(600_000);
    expect(told()).toHaveLength(1);
  });
});
