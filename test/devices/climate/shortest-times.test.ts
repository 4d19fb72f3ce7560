import { describe, expect, it } from "vitest";
import { heaterPin, heating, warmHouse } from "../../fakes/homes/warm-house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

/** A heat pump that heats and cools. */
const pump = "heater: heater, cooler: cooler, mode: heat_cool, min_on: 2m, min_off: 5m";

describe("a thermostat with min_on and min_off", () => {
  it("begins min_off after the start, and says for what it waits", async () => {
    const { on, state, clock } = await heating({ thermostat: pump });
    expect([on(), state()]).toMatchObject(["nothing", { action: "idle", waits_for: "min_off" }]);
    await clock.advance(5 * 60_000 - 1_001);
    expect(on()).toBe("nothing");
    await clock.advance(1);
    expect([on(), state()]).toMatchObject(["heater", { action: "heating", waits_for: null }]);
  });

  it("heats for min_on, and then rests for min_off", async () => {
    const { on, state, clock, read } = await heating({ thermostat: pump });
    await clock.advance(5 * 60_000 - 1_000);
    await read(21);
    expect([on(), state()]).toMatchObject(["heater", { action: "heating", waits_for: "min_on" }]);
    await clock.advance(110_000 - 1);
    expect(on()).toBe("heater");
    await clock.advance(1);
    expect([on(), state()]).toMatchObject(["nothing", { action: "idle", waits_for: "min_off" }]);
    await clock.advance(5 * 60_000 - 1);
    expect(on()).toBe("nothing");
    await clock.advance(1);
    expect([on(), state()]).toMatchObject(["cooler", { action: "cooling", waits_for: null }]);
  });

  it.each([
    ["off", "it", "off"],
    ["another target", "it/target/set", "10"],
  ])("keeps min_on though somebody chooses %s", async (_what, topic, payload) => {
    const { bus, on, clock } = await heating({ thermostat: pump });
    await clock.advance(5 * 60_000);
    bus.receive(topic, payload);
    expect(on()).toBe("heater");
    await clock.advance(2 * 60_000);
    expect(on()).toBe("nothing");
  });

  it("ends at once without a good reading, and begins again min_off later at the earliest", async () => {
    const { on, state, clock, read, set } = await heating({ thermostat: pump });
    await clock.advance(5 * 60_000);
    expect(on()).toBe("heater");
    await read("null");
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "missing" }]);
    set(19);
    await clock.advance(5 * 60_000 - 20_000);
    expect([on(), state()]).toMatchObject(["nothing", { waits_for: "min_off" }]);
    await clock.advance(20_000);
    expect(on()).toBe("heater");
  });

  it("counts what the output does, not what was asked of it", async () => {
    const { on, clock, read } = await heating({ thermostat: pump, heater: "min_off: 8m" });
    await clock.advance(8 * 60_000);
    await read(21);
    expect(on()).toBe("heater");
    await clock.advance(2 * 60_000 - 12_000);
    expect(on()).toBe("heater");
    await clock.advance(2_000);
    expect(on()).toBe("nothing");
  });

  it("does not begin for a wish that is over while it waited", async () => {
    const { clock, read, pins } = await heating({ thermostat: pump });
    await read(20);
    await clock.advance(10 * 60_000);
    expect(pins.history(heaterPin)).toEqual([0]);
  });

  it("rests for min_off after a kill too", async () => {
    const stateFile = new FakeStateFile();
    const first = await heating({ thermostat: pump, stateFile });
    await first.clock.advance(5 * 60_000);
    expect(first.on()).toBe("heater");
    const { on, clock } = await heating({ thermostat: pump, stateFile, pins: first.pins });
    expect(on()).toBe("nothing");
    await clock.advance(5 * 60_000 - 1_001);
    expect(on()).toBe("nothing");
    await clock.advance(1);
    expect(on()).toBe("heater");
  });
});

describe("a thermostat's fan", () => {
  const thermostat = "heater: heater, mode: heat, fan: fan, fan_run_on: 3m";

  it("runs while the heater is on, and a while longer", async () => {
    const { clock, hasFanOn, read, on } = await heating({ thermostat });
    expect([on(), hasFanOn()]).toEqual(["heater", true]);
    await read(20);
    // It was read half a second ago.
    await clock.advance(3 * 60_000 - 501);
    expect([on(), hasFanOn()]).toEqual(["nothing", true]);
    await clock.advance(1);
    expect(hasFanOn()).toBe(false);
  });

  it("begins with the heater, not with the wish", async () => {
    const { clock, hasFanOn, on } = await heating({ thermostat, heater: "min_off: 1m" });
    await clock.advance(58_000);
    expect([on(), hasFanOn()]).toEqual(["nothing", false]);
    await clock.advance(2_000);
    expect([on(), hasFanOn()]).toEqual(["heater", true]);
  });

  it("runs on also where there is no reading any more", async () => {
    const { clock, hasFanOn, read, on } = await heating({ thermostat });
    await read("null");
    await clock.advance(2 * 60_000);
    expect([on(), hasFanOn()]).toEqual(["nothing", true]);
    await clock.advance(60_000);
    expect(hasFanOn()).toBe(false);
  });

  it("that was on before a kill runs on after the start", async () => {
    const parts = { thermostat, fan: "initial: keep" };
    const first = await heating(parts);
    expect(first.hasFanOn()).toBe(true);
    const { clock, hasFanOn } = await heating({ ...parts, first: 20, pins: first.pins });
    await clock.advance(3 * 60_000 - 2_000);
    expect(hasFanOn()).toBe(true);
    await clock.advance(2_000);
    expect(hasFanOn()).toBe(false);
  });

  it("runs while it cools too", async () => {
    const { hasFanOn, read } = await warmHouse({ thermostat: "cooler: cooler, mode: cool, fan: fan" });
    expect(hasFanOn()).toBe(false);
    await read(21);
    expect(hasFanOn()).toBe(true);
  });
});
