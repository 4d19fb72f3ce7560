import { describe, expect, it } from "vitest";
import { commandSchema } from "../../src/core/device-settings.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { dutyFor, levelFor } from "../../src/core/pin.ts";
import type { SimulatedBank } from "../../src/gpio/simulated.ts";
import { kindsWithOutputs, ofIt, outputsOf, startExample, understoodCommands } from "./example-house.ts";

const withFailSafe = (kind: DeviceKind, state: string): DeviceKind => ({
  ...kind,
  example: { ...kind.example, failsafe: { state, on_controller_lost: "ctl" } },
});

const canSwitch = (kind: DeviceKind) =>
  ["on", "off"].every((word) => commandSchema(ofIt(kind))?.safeParse(word).success === true);

const areOff = (kind: DeviceKind, pins: SimulatedBank) =>
  outputsOf(kind).every((output) =>
    output.role === "pwm"
      ? pins.duty(output.pin) === dutyFor(0, output)
      : pins.level(output.pin) === levelFor(false, output),
  );

describe.each(kindsWithOutputs.filter(canSwitch))("the fail-safe of the kind $kind", (kind) => {
  it("switches all of its outputs off at once, and none of its own timers switches one on again", async () => {
    const { bus, clock, pins } = await startExample(withFailSafe(kind, "off"));
    let moved = 0;
    for (const { topic, payload } of understoodCommands(kind)) {
      bus.receive(topic, payload);
      await clock.advance(300);
      if (!areOff(kind, pins)) moved += 1;
      bus.receive("ctl", "offline");
      expect([payload, areOff(kind, pins)]).toEqual([payload, true]);
      for (let round = 0; round < 10; round += 1) {
        await clock.advance(1_100);
        expect([payload, areOff(kind, pins)]).toEqual([payload, true]);
      }
      bus.receive("ctl", "online");
    }
    expect(moved).toBeGreaterThan(0);
  });

  it("switches it on, where that is wished", async () => {
    const { bus, clock, pins } = await startExample(withFailSafe(kind, "on"));
    expect(areOff(kind, pins)).toBe(true);
    bus.receive("ctl", "offline");
    await clock.advance(1_000);
    expect(areOff(kind, pins)).toBe(false);
  });
});

describe.each(kindsWithOutputs.filter((kind) => !canSwitch(kind)))("the fail-safe of the kind $kind", (kind) => {
  it("moves nothing, and tells", async () => {
    const { bus, clock, pins, log } = await startExample(withFailSafe(kind, "keep"));
    const before = outputsOf(kind).map(({ pin }) => pins.history(pin).length);
    bus.receive("ctl", "offline");
    await clock.advance(10_000);
    expect(outputsOf(kind).map(({ pin }) => pins.history(pin).length)).toEqual(before);
    expect(log.at("warn")).toContainEqual(expect.objectContaining({ device: "it", reason: "on_controller_lost" }));
  });
});
