import type { Device, DeviceContext, DeviceSettings } from "../../core/device.ts";
import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { Store } from "../../core/store.ts";
import { CommandQueue } from "../orders/command-queue.ts";
import { inTime } from "../time-limit.ts";
import { Causes } from "./causes.ts";
import { deviceContext, type HostPorts } from "./device-context.ts";
import type { Presence } from "./presence.ts";
import { Resources } from "./resources.ts";
import { Waits } from "./waits.ts";

/** The longest that is known is udev's 5 s for a pin's files, and some more on a Pi Zero that has just booted. */
const setupTimeoutMs = 30_000;
const setupHangs = `it was not set up within ${setupTimeoutMs / 1000} s`;
/** Pins answer in milliseconds; systemd waits 20 s for all devices together (TimeoutStopSec). */
const restTimeoutMs = 5_000;
const restHangs = `it was not at rest within ${restTimeoutMs / 1000} s`;

/** What a run needs of its host. */
export interface RunPorts {
  readonly settings: DeviceSettings;
  readonly shared: HostPorts;
  readonly log: Log;
  readonly presence: Presence;
  /** The run failed and has to be given up. Not called for a run that is over. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * One run of a device, from its set-up to its rest. What belongs to it ends with it: what it has claimed, its timers, the commands that
 * wait, and whatever fails or is reported too late. So no run suffers from the one before.
 */
export class DeviceRun {
  readonly commands: CommandQueue;
  readonly causes = new Causes();
  readonly waits = new Waits();
  readonly #ports: RunPorts;
  readonly #resources: Resources;
  readonly #startedAtMs: number;
  #device: Device<unknown> | undefined;
  #phase: "up" | "coming to rest" | "over" = "up";
  #ending: Promise<boolean> | undefined;
  #isAtRest = true;

  constructor(ports: RunPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.shared.clock.monotonicMs();
    this.#resources = new Resources((error) => this.#notAtRest(error));
    this.commands = new CommandQueue((error) => this.fail(error));
  }

  /** Sets the device up; a failure is told to the host. Never rejects. */
  async setUp(): Promise<void> {
    const { settings, shared } = this.#ports;
    try {
      const setup = settings.kind.setup(settings.options, this.#context());
      const device = await inTime(shared.clock, setupTimeoutMs, setup, setupHangs);
      if (this.#phase === "up") this.#device = device;
    } catch (error) {
      this.fail(error);
    }
  }

  /** The device, once it is set up and until the run ends. */
  get device(): Device<unknown> | undefined {
    return this.#device;
  }

  /** How long it is since the run began, in milliseconds. */
  get ageMs(): number {
    return this.#ports.shared.clock.monotonicMs() - this.#startedAtMs;
  }

  /** Says that the run cannot go on. Too late for a run that is over: then nobody is interested any more. */
  fail(error: unknown): void {
    if (this.#phase === "up") this.#ports.onFailure(error);
  }

  /** Brings the device to rest and gives everything back; resolves with whether all of it came to rest in time. */
  end(): Promise<boolean> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<boolean> {
    this.#phase = "coming to rest";
    this.#device = undefined;
    this.commands.clear();
    const { clock } = this.#ports.shared;
    await inTime(clock, restTimeoutMs, this.#resources.release(), restHangs).catch((error) => this.#notAtRest(error));
    this.#phase = "over";
    return this.#isAtRest;
  }

  #notAtRest(error: unknown): void {
    this.#isAtRest = false;
    this.#ports.log.error({ reason: explain(error) }, "could not bring the device to rest");
  }

  /** What is kept is the next run's as soon as this one is over. */
  readonly #keep: Store["keep"] = (name, schema, initial) => {
    const { settings, shared, log } = this.#ports;
    const kept = shared.store.of(settings.id, log).keep(name, schema, initial);
    return {
      get value() {
        return kept.value;
      },
      set: (value, when) => {
        if (this.#phase !== "over") kept.set(value, when);
      },
      save: () => kept.save(),
    };
  };

  #context(): DeviceContext<unknown> {
    const { settings, shared, log, presence } = this.#ports;
    return deviceContext(shared, {
      settings,
      log,
      presence,
      causes: this.causes,
      waits: this.waits,
      resources: this.#resources,
      keep: this.#keep,
      emit: (event, type) => {
        if (this.#phase === "up") presence.publishEvent(event, type);
      },
      fail: (error) => this.fail(error),
      report: (state) => {
        if (this.#phase === "over") return;
        presence.publishState(state, this.causes.now);
        // At rest a pin still says its last state, but the device does not come back by it.
        if (this.#phase === "up") presence.goOnline();
      },
    });
  }
}
