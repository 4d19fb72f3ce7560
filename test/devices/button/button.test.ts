import { describe, expect, it } from "vitest";
import type { InputRequest } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { debounceMs, withButton } from "./pressed-button.ts";

describe("a button", () => {
  it("tells of a single press when no second one can follow any more, and never before", async () => {
    const { clock, events, press } = await withButton();
    await press(100, 350 + debounceMs - 1);
    expect(events()).toEqual([]);
    await clock.advance(1);
    expect(events()).toEqual(["single"]);
  });

  it("tells of a double press at the second release, and of no single", async () => {
    const { clock, events, press } = await withButton();
    await press();
    await press(100, debounceMs);
    expect(events()).toEqual(["double"]);
    await clock.advance(10_000);
    expect(events()).toEqual(["double"]);
  });

  it("tells of a third press as the next row, unless it may be a triple", async () => {
    for (const [presses, expected] of [
      [2, ["double", "single"]],
      [3, ["triple"]],
    ] as const) {
      const { clock, events, press } = await withButton(`, presses: ${presses}`);
      for (let count = 0; count < 3; count += 1) await press();
      await clock.advance(10_000);
      expect(events()).toEqual(expected);
    }
  });

  it("tells of a long press while it is held, and of its end", async () => {
    const { clock, events, pins } = await withButton();
    pins.drive(5, 0);
    await clock.advance(800 + debounceMs - 1);
    expect(events()).toEqual([]);
    await clock.advance(1);
    expect(events()).toEqual(["long"]);
    await clock.advance(60_000);
    expect(events()).toEqual(["long"]);
    pins.drive(5, 1);
    await clock.advance(10_000);
    expect(events()).toEqual(["long", "long_release"]);
  });

  it("tells of the press before a long one too", async () => {
    const { clock, events, press } = await withButton();
    await press();
    await press(2_000);
    await clock.advance(10_000);
    expect(events()).toEqual(["single", "long", "long_release"]);
  });

  it("tells of a single at the release where no doubles are wanted, and at the press where no long ones are either", async () => {
    const atRelease = await withButton(", presses: 1");
    await atRelease.press(100, debounceMs);
    expect(atRelease.events()).toEqual(["single"]);
    const atPress = await withButton(", presses: 1, long_time: 0ms, debounce: 0ms");
    atPress.pins.drive(5, 0);
    expect(atPress.events()).toEqual(["single"]);
    await atPress.clock.advance(60_000);
    atPress.pins.drive(5, 1);
    await atPress.clock.advance(60_000);
    expect(atPress.events()).toEqual(["single"]);
  });

  it("repeats a long press as often as it is told to, while it lasts, and for a minute at most", async () => {
    const { clock, events, pins } = await withButton(", repeat_time: 200ms, debounce: 0ms");
    pins.drive(5, 0);
    await clock.advance(800 + 199);
    expect(events()).toEqual(["long"]);
    await clock.advance(1);
    expect(events()).toEqual(["long", "long_repeat"]);
    await clock.advance(3_600_000);
    expect(events()).toHaveLength(1 + 60_000 / 200);
    pins.drive(5, 1);
    await clock.advance(60_000);
    expect(events().slice(-2)).toEqual(["long_repeat", "long_release"]);
    pins.drive(5, 0);
    await clock.advance(1_000);
    expect(events().slice(-3)).toEqual(["long_release", "long", "long_repeat"]);
  });

  it("tells of a press at once with debounce_mode leading, however the contact springs", async () => {
    const { clock, events, pins } = await withButton(", presses: 1, long_time: 0ms, debounce_mode: leading");
    for (const level of [0, 1, 0, 1, 0] as const) {
      pins.drive(5, level);
      expect(events()).toEqual(["single"]);
      await clock.advance(2);
    }
    await clock.advance(1_000);
    pins.drive(5, 1);
    await clock.advance(1_000);
    expect(events()).toEqual(["single"]);
  });

  it("has times of its own", async () => {
    const { clock, events, press } = await withButton(", double_time: 1s, long_time: 3s");
    await press(2_900, 900);
    await press(100);
    await press(3_100);
    await clock.advance(10_000);
    expect(events()).toEqual(["double", "long", "long_release"]);
  });

  it("may be between the pin and 3V3", async () => {
    const { bus, clock, events, pins } = await withButton(", active_low: false, pull: down");
    expect(bus.retained.get("bell")).toBe("OFF");
    pins.drive(5, 1);
    await clock.advance(100);
    expect(bus.retained.get("bell")).toBe("ON");
    pins.drive(5, 0);
    await clock.advance(1_000);
    expect(events()).toEqual(["single"]);
  });

  it("is ON while it is pressed", async () => {
    const { bus, press } = await withButton();
    await press();
    expect(bus.on("bell")).toEqual(["OFF", "ON", "OFF"]);
    expect(bus.retained.get("bell/availability")).toBe("online");
  });

  it("does not tell what began before the agent: neither the press nor its end", async () => {
    for (const heldMs of [100, 5_000]) {
      const pins = simulatedBank();
      pins.drive(5, 0);
      const clock = new FakeClock();
      const { bus, events, press } = await withButton("", { pins, clock });
      await clock.advance(heldMs);
      pins.drive(5, 1);
      await clock.advance(10_000);
      expect([...new Set(bus.on("bell"))]).toEqual(["ON", "OFF"]);
      expect(events()).toEqual([]);
      await press(100, 1_000);
      expect(events()).toEqual(["single"]);
    }
  });

  it("tells of nothing when its pin is lost and found while it is pressed", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    let lose: InputRequest["onError"] = () => {};
    const input: typeof bank.input = (pin, request) => {
      lose = request.onError;
      return bank.input(pin, request);
    };
    const { bus, events } = await withButton("", { clock, pins: bank, bank: { ...bank, input } });
    bank.drive(5, 0);
    await clock.advance(200);
    lose(new Error("pin 5 was taken away"));
    await clock.advance(60_000);
    expect(bus.retained.get("bell/availability")).toBe("online");
    bank.drive(5, 1);
    await clock.advance(60_000);
    expect(events()).toEqual([]);
  });

  it("never has its events retained or repeated, also after the connection was lost", async () => {
    const { bus, clock, events, press } = await withButton();
    await press(100, 1_000);
    bus.disconnect({ forget: true });
    await press(100, 1_000);
    bus.connect();
    await clock.advance(60_000);
    expect(events()).toEqual(["single"]);
    expect([...bus.retained.keys()]).not.toContain("bell/action");
    expect(bus.published.filter(({ topic }) => topic === "bell/action")).toMatchObject([{ retain: false }]);
    bus.receive("bell/get", "");
    expect(events()).toEqual(["single"]);
  });

  it("leaves no timer behind when the agent stops in the middle of a row", async () => {
    const { agent, clock, events, press } = await withButton();
    await press();
    await agent.stop();
    await clock.advance(10_000);
    expect(clock.pending).toBe(0);
    expect(events()).toEqual([]);
  });
});
