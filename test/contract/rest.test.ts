import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../src/core/hardware/gpio.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { dutyFor, levelFor } from "../../src/core/pin.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { runs } from "../property-runs.ts";
import { exampleSettings, kindsWithOutputs, outputsOf, startExample, understoodCommands } from "./example-house.ts";

const never = new Promise<never>(() => {});
const level = fc.constantFrom<Level>(0, 1);

/** What the outputs of the example's device do: a level, or a share of the time. */
const driven = (kind: DeviceKind, pins: SimulatedBank) =>
  outputsOf(kind).map(({ pin, role }) => (role === "pwm" ? pins.duty(pin) : pins.level(pin)));

/** What they do at rest. */
const atRest = (kind: DeviceKind) =>
  outputsOf(kind).map((output) => {
    const on = output.rest === "on";
    return output.role === "pwm" ? dutyFor(Number(on), output) : levelFor(on, output);
  });

/** Brings the devices of the example to rest as `safe-state` does, where none of the kind's code works. */
async function safeState(kind: DeviceKind, pins: SimulatedBank): Promise<boolean> {
  const brokenCode = (): never => {
    throw new Error("the kind's code was run");
  };
  const broken = { setup: brokenCode, command: { safeParse: brokenCode }, entities: brokenCode };
  const devices = exampleSettings(kind).map((device) => ({ ...device, kind: { ...device.kind, ...broken } }));
  return driveToRest(devices, { pins, clock: new FakeClock(), log: new FakeLog() });
}

/** Gives the device every command that it understands, with time between them, until one has moved an output. */
async function putOn(kind: DeviceKind, { bus, clock, pins }: Awaited<ReturnType<typeof startExample>>): Promise<void> {
  const before = driven(kind, pins);
  for (const { topic, payload } of understoodCommands(kind)) {
    bus.receive(topic, payload);
    // An output may be on for a pulse only.
    for (let passed = 0; passed < 1_000; passed += 100) {
      if (driven(kind, pins).some((one, index) => one !== before[index])) return;
      await clock.advance(100);
    }
  }
  throw new Error(`no command moved an output of the kind ${kind.kind}; add one to the sayings in example-house.ts`);
}

/** The kind with something that never ends. */
const hanging = (kind: DeviceKind, what: "setup" | "command"): DeviceKind => ({
  ...kind,
  async setup(options, context) {
    const device = await kind.setup(options, context);
    if (what === "setup") return never;
    return {
      async command(command) {
        await device.command?.(command);
        return never;
      },
    };
  },
});

describe.each(kindsWithOutputs)("the outputs of the kind $kind", (kind) => {
  it("come to rest from whatever a crash left, without the kind's code", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(level, { minLength: 8, maxLength: 8 }), async (left) => {
        const pins = simulatedBank();
        for (const [index, { pin, role }] of outputsOf(kind).entries()) {
          const initial = left[index % left.length] ?? 0;
          if (role === "pwm") await pins.pwm(pin, { frequencyHz: 50, duty: initial });
          else await pins.output(pin, { initial, keep: false });
        }
        expect(await safeState(kind, pins)).toBe(true);
        expect(driven(kind, pins)).toEqual(atRest(kind));
      }),
      { numRuns: runs(20) },
    );
  });

  it("come to rest after a kill in the middle of a command, and are set up again from there", async () => {
    const pins = simulatedBank();
    await putOn(kind, await startExample(kind, { pins }));
    expect(await safeState(kind, pins)).toBe(true);
    expect(driven(kind, pins)).toEqual(atRest(kind));
    const { bus, topics } = await startExample(kind, { pins });
    expect(bus.retained.get(topics.availability)).toBe("online");
  });

  it("come to rest by the stop to the same levels", async () => {
    const house = await startExample(kind);
    await putOn(kind, house);
    expect(await house.agent.stop()).toBe(true);
    expect(driven(kind, house.pins)).toEqual(atRest(kind));
  });

  it.each(["setup", "command"] as const)("come to rest at once at the stop while the %s hangs", async (what) => {
    const house = await startExample(hanging(kind, what));
    if (what === "command") await putOn(kind, house);
    const stopped = house.agent.stop();
    await settled();
    expect(driven(kind, house.pins)).toEqual(atRest(kind));
    await house.clock.advance(5_000);
    expect(await stopped).toBe(true);
    expect(house.log.at("error")).toEqual([]);
  });

  it.each(["setup", "command"] as const)("come to rest in 30 s though nobody stops a %s that hangs", async (what) => {
    const house = await startExample(hanging(kind, what));
    if (what === "command") await putOn(kind, house);
    const isOnline = () => house.bus.retained.get(house.topics.availability) === "online";
    for (let second = 1; second <= 30 && isOnline(); second += 1) await house.clock.advance(1_000);
    expect(isOnline()).toBe(false);
    expect(driven(kind, house.pins)).toEqual(atRest(kind));
  });
});
