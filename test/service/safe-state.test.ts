import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { commandLine } from "../../src/cli/command-line.ts";
import type { DeviceSettings } from "../../src/core/device-settings.ts";
import type { PinName } from "../../src/core/hardware/pin-name.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { chosenPins, pin } from "../../src/core/pin.ts";
import { contact } from "../../src/devices/contact.ts";
import { light } from "../../src/devices/light.ts";
import { relay } from "../../src/devices/relay.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { folderWith } from "../e2e/process.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";
import { FakeLog } from "../fakes/log.ts";
import { probe } from "../fakes/probe.ts";

const device = (kind: DeviceKind, written: Readonly<Record<string, unknown>>): DeviceSettings => ({
  id: `some-${kind.kind}`,
  kind,
  topic: "home/some",
  options: z.object(kind.options).parse(written) as Readonly<Record<string, unknown>>,
});

/** Pins as a crash leaves them: driven, and nobody's. */
async function leftDriven(levels: Readonly<Record<number, 0 | 1>>): Promise<SimulatedBank> {
  const bank = simulatedBank();
  for (const [pin, initial] of Object.entries(levels)) await bank.output(Number(pin), { initial, keep: false });
  return bank;
}

/** What moved, as the history of each pin, and what was said. */
async function restOf(bank: SimulatedBank, ...devices: readonly DeviceSettings[]) {
  const log = new FakeLog();
  const isAtRest = await driveToRest(devices, { pins: bank, clock: new FakeClock(), log });
  return { isAtRest, log };
}

describe("the safe state", () => {
  it.each([
    ["off", false, 1, 0],
    ["off", true, 0, 1],
    ["on", false, 0, 1],
    ["on", true, 1, 0],
  ] as const)("drives a relay that rests %s, active-low %s, from %i to %i", async (on_exit, active_low, left, rest) => {
    const bank = await leftDriven({ 17: left });
    const { isAtRest, log } = await restOf(bank, device(relay, { pin: 17, on_exit, active_low }));
    expect([bank.history(17), isAtRest]).toEqual([[left, rest], true]);
    expect(log.at("info")).toMatchObject([{ device: "some-relay" }]);
  });

  it("takes the rest for what it is, whatever the relay does when the agent starts", async () => {
    const bank = await leftDriven({ 17: 1 });
    await restOf(bank, device(relay, { pin: 17, initial: "on", on_exit: "off" }));
    expect(bank.history(17)).toEqual([1, 0]);
  });

  it("moves nothing that rests already", async () => {
    const bank = await leftDriven({ 17: 0, 22: 1 });
    await restOf(bank, device(relay, { pin: 17, initial: "on" }), device(relay, { pin: 22, active_low: true }));
    expect([bank.history(17), bank.history(22)]).toEqual([[0], [1]]);
  });

  it("leaves alone what its owner wants kept, and what is no output", async () => {
    const bank = await leftDriven({ 17: 1 });
    const kept = [17, 22].map((pin) => device(relay, { pin, on_exit: "keep" }));
    await restOf(bank, ...kept, device(contact, { pin: 27 }));
    expect([bank.history(17), bank.history(22), bank.history(27)]).toEqual([[1], [], []]);
  });

  it("dims a light to its rest", async () => {
    const bank = simulatedBank();
    await bank.pwm(18, { frequencyHz: 1000, duty: 0.5 });
    await restOf(bank, device(light, { pin: 18, active_low: true }));
    expect(bank.duty(18)).toBe(1);
  });

  it("tells which device it could not bring to rest, and brings the others there", async () => {
    const bank = await leftDriven({ 22: 1 });
    const output: SimulatedBank["output"] = (pin, request) =>
      pin === 17 ? Promise.reject(new Error("held by another program")) : bank.output(pin, request);
    const { isAtRest, log } = await restOf({ ...bank, output }, device(relay, { pin: 17 }), device(relay, { pin: 22 }));
    expect([bank.level(22), isAtRest]).toEqual([0, false]);
    expect(log.at("error")).toMatchObject([{ device: "some-relay", reason: "held by another program" }]);
  });

  it("waits five seconds for pins that do not answer, and no longer", async () => {
    const clock = new FakeClock();
    const pins = { ...simulatedBank(), output: () => new Promise<never>(() => {}) };
    let isAtRest: boolean | undefined;
    const ports = { pins, clock, log: new FakeLog() };
    void driveToRest([device(relay, { pin: 17 })], ports).then((answer) => {
      isAtRest = answer;
    });
    await clock.advance(4_999);
    expect(isAtRest).toBeUndefined();
    await clock.advance(1);
    await settled();
    expect(isAtRest).toBe(false);
  });

  it("runs no code of a kind: one that waits or reads before it claims is brought to rest as well", async () => {
    const bank = await leftDriven({ 17: 1, 22: 0 });
    const slow = probe({
      options: {
        valve_pin: pin("A valve.", "output"),
        pump_pin: pin("A pump.", "output", { activeLow: "upside_down", rest: "at_the_end" }),
        upside_down: z.boolean(),
        at_the_end: z.enum(["off", "on", "keep"]),
      },
      setup: () => new Promise<never>(() => {}),
    });
    const options = { valve_pin: 17, pump_pin: 22, upside_down: true, at_the_end: "off" };
    const { isAtRest } = await restOf(bank, device(slow, options));
    expect([bank.level(17), bank.level(22), isAtRest]).toEqual([0, 1, true]);
  });
});

const isOutput = ({ role }: { role: string }) => role === "output" || role === "pwm";
const outputsOf = (kind: DeviceKind, options = device(kind, kind.example).options) =>
  chosenPins(kind.options, options).filter(isOutput);

describe.each(kinds.filter((kind) => outputsOf(kind).length > 0))("a $kind", (kind) => {
  /** What the pins of a bank say, whether they are levels or pulse trains. */
  const saysOf = (bank: SimulatedBank, pins: readonly PinName[]) =>
    pins.map((one) => bank.duty(one) ?? bank.level(one));
  const names = (key: string) => key in kind.options;
  const variants = [false, true].flatMap((activeLow) =>
    ["off", "on"].map((rest) => ({
      ...kind.example,
      ...(names("active_low") && { active_low: activeLow }),
      ...(names("on_exit") && { on_exit: rest }),
    })),
  );

  it.each(variants)("rests after a crash as it does when the agent stops: $active_low $on_exit", async (written) => {
    const stopped = simulatedBank();
    const { agent } = await startHouse(
      stringify({ devices: { ...kind.exampleNeighbours, it: { kind: kind.kind, ...written } } }),
      {
        pins: stopped,
      },
    );
    await agent.stop();
    const outputs = outputsOf(kind);
    const pins = outputs.map((one) => one.pin);
    const crashed = simulatedBank();
    // None of them is at rest, so that each has to be driven there.
    for (const { pin: one, role } of outputs)
      if (role === "pwm") await crashed.pwm(one, { frequencyHz: 1000, duty: 0.5 });
      else await crashed.output(one, { initial: stopped.level(one) === 1 ? 0 : 1, keep: false });
    const { isAtRest } = await restOf(crashed, device(kind, written));
    expect([saysOf(crashed, pins), isAtRest]).toEqual([saysOf(stopped, pins), true]);
  });
});

describe("pi2mqtt safe-state", () => {
  const safeState = (text: string) => {
    const folder = folderWith({ "devices.yaml": text });
    return commandLine(["safe-state", "--config", `${folder}/devices.yaml`, "--backend", "simulated"]);
  };
  const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

  it("drives the outputs though the broker's CA file and its password are gone", async () => {
    const broker = `broker: {url: mqtts://host, ca: gone.crt, username: me, password: "\${GONE}"}\n`;
    expect(await safeState(broker + lamp)).toEqual({ exitCode: 0 });
  });

  it("ends with 78 where the devices are wrong", async () => {
    expect(await safeState(lamp.replace("relay", "rely"))).toEqual({ exitCode: 78 });
  });
});
