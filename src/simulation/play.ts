import { type DeviceSettings, topicsOf } from "../core/device-settings.ts";
import type { LogFields } from "../core/log/log.ts";
import { chosenPins } from "../core/pin.ts";
import {
  type DeviceHappening,
  type Expect,
  type Happening,
  type HouseHappening,
  pinFaults,
  type Scenario,
  type SetFault,
  sensorFaults,
} from "../core/simulation/scenario.ts";
import type { Cancel } from "../core/time/clock.ts";
import { shortfallInTime } from "./expectation.ts";
import { driveInput, type HandPorts, turnEncoder } from "./hands.ts";
import { HouseHappenings } from "./house-happenings.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** A scenario that is running. */
export interface Play {
  /** Resolves when the scenario is over, with a line for each expectation that was not met. Never resolves after `cancel`. */
  readonly ended: Promise<readonly string[]>;
  readonly cancel: Cancel;
}

/** Starts a scenario now. The agent should be running. */
export function play(scenario: Scenario, world: SimulatedWorld): Play {
  const player = new Player(world);
  return { ended: player.play(scenario), cancel: () => player.cancel() };
}

class Player {
  readonly #world: SimulatedWorld;
  readonly #running = new Set<Cancel>();
  readonly #failures: string[] = [];
  /** One promise for each expectation that is being waited for. */
  readonly #waiting: Promise<void>[] = [];
  readonly #startMs: number;
  readonly #house: HouseHappenings;

  constructor(world: SimulatedWorld) {
    this.#world = world;
    this.#house = new HouseHappenings(world, (ms, task) => this.#after(ms, task));
    this.#startMs = world.clock.monotonicMs();
  }

  async play({ happenings, endMs }: Scenario): Promise<readonly string[]> {
    for (const happening of happenings) this.#after(happening.atMs, () => this.#let(happening));
    await new Promise<void>((resolve) => this.#after(endMs, resolve));
    // What is expected at the very end is checked after everything else at that time.
    await new Promise<void>((resolve) => this.#after(0, resolve));
    await Promise.all(this.#waiting);
    this.#world.log.info({ failed: this.#failures.length }, "the scenario is over");
    return this.#failures;
  }

  cancel(): void {
    for (const cancel of this.#running) cancel();
    this.#running.clear();
  }

  #after(ms: number, task: () => void): void {
    const cancel = this.#world.clock.after(ms, () => {
      this.#running.delete(cancel);
      task();
    });
    this.#running.add(cancel);
  }

  #let(happening: Happening): void {
    if ("device" in happening) this.#letDevice(happening);
    else this.#waiting.push(this.#letHouse(happening));
  }

  async #letHouse(happening: HouseHappening & Happening): Promise<void> {
    const { verb, at, atMs, where, ...what } = happening;
    this.#world.log.info({ at, ...what }, `the scenario: ${verb}`);
    const missing = await this.#house.let(happening, this.#startMs + atMs);
    if (missing !== undefined) this.#fail(happening, "withinMs" in happening ? happening.withinMs : 0, missing);
  }

  #fail({ where, at }: Happening, withinMs: number, missing: string): void {
    const when = withinMs === 0 ? `at ${at}` : `within ${withinMs / 1000} s from ${at}`;
    this.#failures.push(`${where}  ${when}: ${missing}`);
  }

  #letDevice(happening: DeviceHappening & Happening): void {
    const { room, bus } = this.#world;
    const device = this.#world.devices.get(happening.device) as DeviceSettings;
    const tell = (fields: LogFields, message: string) =>
      this.#world.log.info({ device: device.id, at: happening.at, ...fields }, message);
    switch (happening.verb) {
      case "drive":
        tell({ pin: happening.pin, level: happening.level }, "the scenario drives an input");
        driveInput(happening, this.#hands());
        break;
      case "turn":
        tell({ notches: happening.notches }, "the scenario turns an encoder");
        turnEncoder(happening, this.#hands());
        break;
      case "measure":
        tell({ [happening.measure]: happening.value }, "the scenario sets a value");
        room.set(device.id, happening.measure, happening.value, happening.overMs);
        break;
      case "fault":
        tell({ fault: happening.fault ?? "none" }, "the scenario sets a fault");
        this.#setFault(device, happening.fault);
        break;
      case "command":
        tell({ payload: happening.payload }, "the scenario sends a command");
        bus.send(topicsOf(device).commands[0] ?? "", happening.payload, device.id);
        break;
      case "expect":
        this.#waiting.push(this.#expect(device, happening));
    }
  }

  #hands(): HandPorts {
    const { pins, clock } = this.#world;
    return { pins, clock, after: (ms, task) => this.#after(ms, task) };
  }

  async #expect(device: DeviceSettings, expectation: Expect & Happening): Promise<void> {
    const { bus, log } = this.#world;
    const { at, atMs, withinMs } = expectation;
    const after = (ms: number, task: () => void) => this.#after(ms, task);
    const looking = { device: device.id, topics: topicsOf(device), sinceMs: this.#startMs + atMs, bus, after };
    const missing = await shortfallInTime(expectation, looking);
    if (missing === undefined) return;
    this.#fail(expectation, withinMs, `${device.id} ${missing}`);
    log.error({ device: device.id, at, reason: `it ${missing}` }, "not as the scenario expects");
  }

  #setFault({ id, kind, options }: DeviceSettings, fault: SetFault["fault"]): void {
    const { room, pins } = this.#world;
    room.setFault(
      id,
      sensorFaults.find((one) => one === fault),
    );
    for (const { pin, role } of chosenPins(kind.options, options))
      if (role !== "driver")
        pins.setFault(
          pin,
          pinFaults.find((one) => one === fault),
        );
  }
}
