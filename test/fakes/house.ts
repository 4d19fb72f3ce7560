import { type Agent, startAgent } from "../../src/agent.ts";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import type { GpioBackend, GpioBank, GpioPorts } from "../../src/core/hardware/gpio.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import type { Machine } from "../../src/core/machine/machine.ts";
import { nothingThere } from "../../src/core/machine/nothing-there.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { type SimulatedBank, simulated, simulatedBank } from "../../src/gpio/simulated.ts";
import { type Controls, noControls } from "../../src/runtime/agent/agent-controls.ts";
import type { StateFile } from "../../src/runtime/machine/state-file.ts";
import { StateStore } from "../../src/runtime/machine/state-store.ts";
import { fakePorts, pinsOver } from "./benches.ts";
import { FakeBus } from "./bus.ts";
import { FakeClock, settled } from "./clock.ts";
import { kinds as allKinds } from "./kinds.ts";
import { FakeLog } from "./log.ts";
import { FakeTree } from "./tree.ts";

/** A whole agent in memory: the real runtime and devices, with fakes around them that the test controls. */
export interface House {
  readonly agent: Agent;
  readonly bus: FakeBus;
  readonly clock: FakeClock;
  readonly log: FakeLog;
  readonly pins: SimulatedBank;
}

/** What a test may bring of its own; everything else is a fake. */
export interface HouseParts extends Partial<Machine> {
  readonly kinds?: readonly DeviceKind[];
  readonly pins?: SimulatedBank;
  readonly bank?: GpioBank;
  /** A backend of the machine, instead of simulated pins. */
  readonly backend?: { readonly backend: GpioBackend; readonly ports: GpioPorts };
  readonly clock?: FakeClock;
  readonly bus?: FakeBus;
  readonly controls?: Controls;
  /** Keeps values over a restart. Without one nothing is kept. */
  readonly stateFile?: StateFile;
}

/** Starts an agent called `test` with the devices of a devices.yaml, given as text. */
export async function startHouse(yaml: string, parts: HouseParts = {}): Promise<House> {
  const { clock = new FakeClock(), bus = new FakeBus(), kinds = allKinds } = parts;
  const { pins = simulatedBank(clock) } = parts;
  const log = new FakeLog();
  const bytes = new TextEncoder().encode(yaml);
  const known = { kinds, checkRules, backends: [simulated], environment: {}, hostname: "test" };
  const { config, problems } = checkConfig("devices.yaml", bytes, known);
  if (config === undefined) throw new Error(problems.join("\n"));
  const agent = await startAgent(config, {
    clock,
    store: await StateStore.open(parts.stateFile, { clock, log }),
    log,
    random: () => 0.5,
    controls: parts.controls ?? noControls,
    backends: () => ({}),
    facts: { version: "1.2.3" },
    files: parts.files ?? new FakeTree(),
    isolate: parts.isolate ?? (async () => Promise.reject(new Error("no package"))),
    i2c: parts.i2c ?? nothingThere.i2c,
    serial: parts.serial ?? nothingThere.serial,
    programs: parts.programs ?? nothingThere.programs,
    timedPins: parts.timedPins ?? nothingThere.timedPins,
    pins:
      parts.backend === undefined
        ? pinsOver(parts.bank ?? pins, fakePorts({ clock }), config.gpio.chips)
        : new Pins([parts.backend.backend], "auto", parts.backend.ports, config.gpio.chips),
    connectBus: (listener) => bus.listen(listener),
  });
  await settled();
  return { agent, bus, clock, log, pins };
}
