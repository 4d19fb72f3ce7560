import { describe, expect, it } from "vitest";
import { heating, warmHouse } from "../../fakes/homes/warm-house.ts";

describe("a thermostat with frost protection", () => {
  it.each(["off", "heat", "cool", "heat_cool"])(
    "heats below that temperature in mode %s, and says so",
    async (mode) => {
      const thermostat = `heater: heater, cooler: cooler, mode: ${mode}, target: 6, frost_protection: 4`;
      const { read, on, state } = await warmHouse({ thermostat, first: 5.9 });
      const seen: unknown[] = [];
      for (const temperature of [4.1, 4, 4.4, 3.9]) {
        await read(temperature);
        seen.push([temperature, on(), state()["frost_protection"]]);
      }
      const isHeat = mode.startsWith("heat");
      expect(seen).toEqual([
        [4.1, isHeat ? "heater" : "nothing", "OFF"],
        [4, "heater", "ON"],
        [4.4, "heater", "ON"],
        [3.9, "heater", "ON"],
      ]);
      expect(state()).toMatchObject({ mode, action: "heating", target: 6 });
      await read(4.5);
      expect([on(), state()["frost_protection"]]).toEqual([isHeat ? "heater" : "nothing", "OFF"]);
    },
  );

  it("is off in mode off above that temperature", async () => {
    const { on, state } = await heating({ thermostat: "heater: heater, frost_protection: 5", first: 6 });
    expect([on(), state()]).toMatchObject(["nothing", { mode: "off", action: "off", frost_protection: "OFF" }]);
  });

  it("heats no longer without a good reading", async () => {
    const { on, state, read } = await heating({ thermostat: "heater: heater, frost_protection: 5", first: 3 });
    expect(on()).toBe("heater");
    await read("null");
    expect([on(), state()]).toMatchObject(["nothing", { frost_protection: "OFF", sensor: "missing" }]);
    await read(3);
    expect(on()).toBe("heater");
  });

  it("heats all the time with pwm too", async () => {
    const { on, clock } = await heating({ thermostat: "heater: heater, control: pwm, frost_protection: 5", first: 3 });
    for (let minute = 0; minute < 60; minute += 1) {
      expect(on()).toBe("heater");
      await clock.advance(60_000);
    }
  });

  it("heats without a broker", async () => {
    const { bus, read, on } = await heating({ thermostat: "heater: heater, frost_protection: 5", first: 10 });
    bus.disconnect({ forget: true });
    await read(4);
    expect(on()).toBe("heater");
  });
});

describe("a thermostat with a window", () => {
  const thermostat = "heater: heater, mode: heat, window: window, window_delay: 1m, frost_protection: 5";

  it("pauses when the window has been open for window_delay, and goes on when it is shut", async () => {
    const { on, state, clock, window } = await heating({ thermostat });
    expect([on(), state()]).toMatchObject(["heater", { paused: null }]);
    await window("open");
    await clock.advance(60_000 - 1);
    expect([on(), state()]).toMatchObject(["heater", { paused: null }]);
    await clock.advance(1);
    expect([on(), state()]).toMatchObject(["nothing", { mode: "heat", action: "idle", paused: "window" }]);
    await clock.advance(3_600_000);
    expect(on()).toBe("nothing");
    await window("shut");
    expect([on(), state()]).toMatchObject(["heater", { action: "heating", paused: null }]);
  });

  it("does not pause for a window that is shut again in time", async () => {
    const { on, clock, window } = await heating({ thermostat });
    for (let count = 0; count < 5; count += 1) {
      await window("open");
      await clock.advance(50_000);
      await window("shut");
      await clock.advance(20_000);
      expect(on()).toBe("heater");
    }
  });

  it("pauses at once where the window is open at the start", async () => {
    const first = await heating({ thermostat });
    await first.window("open");
    const { on, state } = await heating({ thermostat, pins: first.pins });
    expect([on(), state()]).toMatchObject(["nothing", { paused: "window" }]);
  });

  it("protects from frost though the window is open", async () => {
    const { on, state, clock, read, window } = await heating({ thermostat });
    await window("open");
    await clock.advance(60_000);
    await read(5);
    expect([on(), state()]).toMatchObject(["heater", { paused: "window", frost_protection: "ON" }]);
    await read(5.5);
    expect([on(), state()]).toMatchObject(["nothing", { paused: "window", frost_protection: "OFF" }]);
  });

  it("neither heats nor cools in a pause, whatever somebody chooses", async () => {
    const both = "heater: heater, cooler: cooler, mode: heat_cool, window: window";
    const { bus, on, clock, window } = await warmHouse({ thermostat: both });
    await window("open");
    await clock.advance(30_000);
    for (const command of ["heat", "cool", "heat_cool", '{"target":30}', '{"target":5}']) {
      bus.receive("it", command);
      expect(on()).toBe("nothing");
    }
  });

  it("does not pause while nobody knows whether the window is open", async () => {
    const broken = new Error("no such line");
    const house = await heating({ thermostat });
    const bank = { ...house.pins, input: () => Promise.reject(broken) };
    const { on, state, clock } = await heating({ thermostat, pins: house.pins, bank });
    await clock.advance(600_000);
    expect([on(), state()]).toMatchObject(["heater", { paused: null }]);
  });
});

describe("a thermostat with a deadband", () => {
  it("neither heats nor cools within it, in heat_cool only", async () => {
    const thermostat = "heater: heater, cooler: cooler, mode: heat_cool, deadband: 3, hysteresis: 0.2";
    const { bus, read, on } = await warmHouse({ thermostat });
    const seen: unknown[] = [];
    for (const temperature of [18.4, 18.3, 18.4, 18.5, 21.6, 21.7, 21.6, 21.5]) {
      await read(temperature);
      seen.push([temperature, on()]);
    }
    expect(seen).toEqual([
      [18.4, "nothing"],
      [18.3, "heater"],
      [18.4, "heater"],
      [18.5, "nothing"],
      [21.6, "nothing"],
      [21.7, "cooler"],
      [21.6, "cooler"],
      [21.5, "nothing"],
    ]);
    bus.receive("it", "heat");
    await read(19.8);
    expect(on()).toBe("heater");
  });
});
