import { describe, expect, it } from "vitest";
import { heating, warmHouse } from "../../fakes/homes/warm-house.ts";

describe("a thermostat", () => {
  it("heats from half a degree below the target to the target, and not again before", async () => {
    const { read, on, state } = await heating({ first: 20 });
    const seen: unknown[] = [];
    for (const temperature of [19.8, 19.6, 19.5, 19.7, 19.9, 20, 19.9, 19.6, 19.4]) {
      await read(temperature);
      seen.push([temperature, on(), state()["action"]]);
    }
    expect(seen).toEqual([
      [19.8, "nothing", "idle"],
      [19.6, "nothing", "idle"],
      [19.5, "heater", "heating"],
      [19.7, "heater", "heating"],
      [19.9, "heater", "heating"],
      [20, "nothing", "idle"],
      [19.9, "nothing", "idle"],
      [19.6, "nothing", "idle"],
      [19.4, "heater", "heating"],
    ]);
  });

  it("cools from above the target to the target", async () => {
    const { read, on, state } = await warmHouse({ thermostat: "cooler: cooler, mode: cool, hysteresis: 1" });
    const seen: unknown[] = [];
    for (const temperature of [20.9, 21, 20.1, 20, 15]) {
      await read(temperature);
      seen.push([on(), state()["action"]]);
    }
    expect(seen).toEqual([
      ["nothing", "idle"],
      ["cooler", "cooling"],
      ["cooler", "cooling"],
      ["nothing", "idle"],
      ["nothing", "idle"],
    ]);
  });

  it("heats or cools, whichever is needed, in heat_cool", async () => {
    const { read, on } = await warmHouse({ thermostat: "heater: heater, cooler: cooler, mode: heat_cool" });
    const seen: unknown[] = [];
    for (const temperature of [19, 21, 19, 20.2]) {
      await read(temperature);
      seen.push(on());
    }
    expect(seen).toEqual(["heater", "cooler", "heater", "nothing"]);
  });

  it("takes a band of a tenth of a degree for what it is", async () => {
    const { read, on } = await warmHouse({ thermostat: "heater: heater, mode: heat, target: 20.3, hysteresis: 0.1" });
    await read(20.2);
    expect(on()).toBe("heater");
  });

  it("does nothing until somebody wants it to, unless its owner has chosen a mode", async () => {
    const { bus, clock, on, state } = await warmHouse({ first: 10 });
    await clock.advance(60_000);
    expect([on(), state()]).toEqual([
      "nothing",
      { mode: "off", action: "off", target: 20, current: 10, sensor: "good" },
    ]);
    bus.receive("it", "heat");
    expect([on(), state()]).toEqual([
      "heater",
      { mode: "heat", action: "heating", target: 20, current: 10, sensor: "good" },
    ]);
  });

  it("works as well without a broker", async () => {
    const { bus, read, on } = await heating({ first: 20 });
    bus.disconnect({ forget: true });
    await read(19);
    expect(on()).toBe("heater");
    await read(20);
    expect(on()).toBe("nothing");
  });

  it("does not fill the log with readings: only what it does is told, after its first reading", async () => {
    const { read, log } = await heating({ first: 20 });
    for (const temperature of [20.1, 20.2, 20.3, 19, 19.1]) await read(temperature);
    const told = log.at("info").filter(({ device }) => device === "it");
    expect(told.map(({ payload }) => JSON.parse(String(payload)).action)).toEqual(["idle", "heating"]);
    expect(log.at("info").find(({ device }) => device === "heater")).toMatchObject({ cause: "device:it" });
  });
});
