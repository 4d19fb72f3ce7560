import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { breakablePins } from "../../fakes/pins/breakable-pins.ts";
import { minute, relay, saved, start, use } from "./use-bench.ts";

describe("the use of an output", () => {
  it("is how often it went on, for how long it was on, and the energy at its nominal power", async () => {
    const house = await start(relay("power: 500, rated_cycles: 1000"));
    for (const ms of [90 * minute, 30 * minute]) {
      house.bus.receive("pump", "on");
      await house.clock.advance(ms);
      house.bus.receive("pump", "off");
      await house.clock.advance(minute);
    }
    await house.clock.advance(saved);
    expect(use(house)).toEqual({
      switchings: 2,
      hours_on: 2,
      energy: 1,
      wear: 0.2,
      last_by: "mqtt",
      last_switched: "2026-11-22T19:01:00.000Z",
    });
  });

  it("does not grow by commands that change nothing, by questions, or while it is off", async () => {
    const house = await start(relay("show_use: true"));
    for (const word of ["off", "on", "on", "on"]) house.bus.receive("pump", word);
    house.bus.receive("pump/get", "");
    await house.clock.advance(36 * minute);
    house.bus.receive("pump", "off");
    await house.clock.advance(600 * minute);
    expect(use(house)).toMatchObject({ switchings: 1, hours_on: 0.6 });
  });

  it.each([
    ["a limit", "max_on: 10m", "on", 10 * minute, "max_on"],
    ["the time of a command", "", '{"state":"ON","on_time":60}', minute, "on_time"],
    ["the time of a pulse", "pulse: 2s", "on", 2_000, "pulse"],
  ])("names who switched last, also where that was %s", async (_what, options, command, ms, by) => {
    const house = await start(relay(`show_use: true, ${options}`));
    house.bus.receive("pump", command);
    await house.clock.advance(ms + 2 * minute);
    expect(house.pins.level(17)).toBe(0);
    const switched = new Date(Date.UTC(2026, 10, 22, 17) + ms).toISOString();
    expect(use(house)).toMatchObject({ last_by: by, last_switched: switched });
  });

  it("names the device that switched it by a link", async () => {
    const house = await start(
      `${relay("show_use: true")}  air: {kind: virtual, topic: air, type: number, unit: "°C", device_class: temperature, initial_value: 15}
  heat: {kind: thermostat, topic: heat, sensor: air.value, heater: pump, target: 21, mode: heat}\n`,
    );
    await house.clock.advance(10 * minute);
    expect(house.pins.level(17)).toBe(1);
    expect(use(house)).toMatchObject({ last_by: "device:heat" });
  });

  it("sees what another program did to the pin", async () => {
    const house = await start(relay("show_use: true"));
    const line = await house.pins.output(17, { initial: 1, keep: false });
    line.write(1);
    await house.clock.advance(saved + minute);
    expect(use(house)).toMatchObject({ switchings: 1, last_by: "outside" });
    expect(use(house).hours_on).toBeCloseTo(0.25, 1);
  });

  it("ends with the line, since nobody sees what a relay does whose pin is gone", async () => {
    const bank = simulatedBank();
    let isBroken = false;
    const house = await start(relay("show_use: true, initial: keep, on_exit: keep"), {
      pins: bank,
      bank: breakablePins(bank, () => isBroken),
    });
    house.bus.receive("pump", "on");
    await house.clock.advance(36 * minute);
    isBroken = true;
    house.bus.receive("pump", "off");
    await house.clock.advance(600 * minute);
    expect(house.bus.retained.get("pump/availability")).toBe("offline");
    expect(use(house)).toMatchObject({ switchings: 1, hours_on: 0.6, last_by: "mqtt" });
    isBroken = false;
    await house.clock.advance(36 * minute + saved);
    expect(house.bus.retained.get("pump/availability")).toBe("online");
    expect(use(house).switchings).toBe(1);
    expect(use(house).hours_on).toBeGreaterThan(1.1);
    expect(use(house).hours_on).toBeLessThan(1.5);
  });

  it("counts the silent parts of a siren's tone, since the line is really switched", async () => {
    const house = await start(
      "devices:\n  horn: {kind: siren, topic: horn, pin: 20, show_use: true, tones: {beep: [500ms, 500ms]}}\n",
    );
    house.bus.receive("horn", '{"state":"ON","duration":10}');
    await house.clock.advance(saved + minute);
    const edges = house.pins.history(20).filter((level) => level === 1).length;
    expect(edges).toBeGreaterThan(5);
    expect(use(house, "horn")).toMatchObject({ switchings: edges, hours_on: 0, last_by: "duration" });
  });

  it("adds up the energy of pulses by their share of the time, whatever the polarity", async () => {
    for (const polarity of ["true", "false"]) {
      const house = await start(
        `devices:\n  lamp: {kind: light, topic: lamp, pin: 18, active_low: ${polarity}, power: 1000}\n`,
      );
      house.bus.receive("lamp", "50%");
      await house.clock.advance(60 * minute);
      house.bus.receive("lamp", "off");
      await house.clock.advance(saved);
      // 50 % is 128 of 255.
      expect(use(house, "lamp")).toMatchObject({ switchings: 1, hours_on: 1, energy: 0.501 });
    }
  });

  it("shares the power of a strip evenly among its colors", async () => {
    const house = await start(
      "devices:\n  strip: {kind: light, topic: strip, red_pin: 17, green_pin: 27, blue_pin: 22, power: 3000}\n",
    );
    house.bus.receive("strip", "#ff0000");
    await house.clock.advance(60 * minute);
    house.bus.receive("strip", "off");
    await house.clock.advance(saved);
    expect(use(house, "strip")).toMatchObject({
      hours_on: 1,
      energy: 1,
      outputs: { red: { switchings: 1, hours_on: 1 }, green: { switchings: 0, hours_on: 0 } },
    });
  });

  it("is of each relay of a cover, and of the motor in all", async () => {
    const house = await start(
      "devices:\n  blind: {kind: cover, topic: blind, open_pin: 22, close_pin: 23, open_time: 72s, close_time: 36s, overrun: 0s, calibrate_at_start: none, power: 100, rated_cycles: 10}\n",
    );
    for (const word of ["open", "close", "open"]) {
      house.bus.receive("blind", word);
      await house.clock.advance(5 * minute);
    }
    await house.clock.advance(saved);
    const shown = use(house, "blind");
    expect(shown).toMatchObject({
      switchings: 2,
      wear: 20,
      outputs: { open: { switchings: 2 }, close: { switchings: 1 } },
    });
    expect(shown.hours_on).toBeCloseTo(shown.outputs.open.hours_on + shown.outputs.close.hours_on, 1);
    expect(shown.hours_on).toBeGreaterThanOrEqual(0.05);
  });
});
