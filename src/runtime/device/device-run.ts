import type { Device, DeviceContext } from "../../core/device.ts";
import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import type { Store } from "../../core/store.ts";
import type { FailSafeHold } from "../failsafe/held-outputs.ts";
import { NewestTimes } from "../guard/newest-times.ts";
import { CommandQueue } from "../orders/command-queue.ts";
import { inTime } from "../time-limit.ts";
import { Causes } from "./causes.ts";
import { deviceContext, type HostPorts } from "./device-context.ts";
import { KeptDuringRun } from "./kept-during-run.ts";
import type { Presence } from "./presence.ts";
import { Resources } from "./resources.ts";
import { RunEnd } from "./run-end.ts";
import { type WaitingChange, Waits } from "./waits.ts";

/** How long a set-up may take. The longest known wait is udev's 5 s for the files of a pin, and more on a Pi Zero that is booting. */
const setupTimeoutMs = 30_000;
const setupHangs = `it was not set up within ${setupTimeoutMs / 1000} s`;

/** What a run needs from its host. */
export interface RunPorts {
  readonly settings: DeviceSettings;
  readonly shared: HostPorts;
  readonly log: Log;
  readonly presence: Presence;
  /** Called when the run has failed and must be given up. Never called after the run has ended. */
  readonly onFailure: (error: unknown) => void;
  /** Called when the device is to be commanded to be on, see {@link GuardPorts.switchOn}. */
  readonly onSwitchOn: () => void;
  /** What may hold the outputs in their fail-safe state; undefined for a device without one. */
  readonly failSafe: FailSafeHold | undefined;
  /** Called with the change of an output that waits for a limit, or with undefined when none waits any more. */
  readonly onWaiting: (waiting: WaitingChange | undefined) => void;
}

/**
 * One run of a device, from its set-up to its rest. Everything of it ends with it: claims, timers, waiting commands, and late reports and
 * failures. So one run cannot disturb the next one.
 */
export class DeviceRun {
  readonly commands: CommandQueue;
  readonly causes = new Causes();
  readonly times = new NewestTimes();
  readonly waits: Waits;
  readonly #ports: RunPorts;
  readonly #resources: Resources;
  readonly #startedAtMs: number;
  #device: Device<unknown> | undefined;
  #phase: "up" | "coming to rest" | "over" = "up";
  #ending: Promise<boolean> | undefined;
  readonly #runEnd: RunEnd;
  /** Whether the device is to be switched on as soon as it is set up. */
  #isToSwitchOn = false;
  constructor(ports: RunPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.shared.clock.monotonicMs();
    this.waits = new Waits(() => ports.shared.clock.monotonicMs(), ports.onWaiting);
    this.#runEnd = new RunEnd({ clock: ports.shared.clock, log: ports.log });
    this.#resources = new Resources((error) => this.#runEnd.notAtRest(error));
    this.commands = new CommandQueue((error) => this.fail(error));
  }

  /** Sets the device up. A failure is reported to the host. Never rejects. */
  async setUp(): Promise<void> {
    const { settings, shared } = this.#ports;
    try {
      const setup = settings.kind.setup(settings.options, this.#context());
      const device = await inTime(shared.clock, setupTimeoutMs, setup, setupHangs);
      if (this.#phase !== "up") return;
      this.#device = device;
      if (this.#isToSwitchOn) this.#ports.onSwitchOn();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether it has come to rest. */
  get isOver(): boolean {
    return this.#phase === "over";
  }

  /** The device, from its set-up to the end of the run. Undefined before and after. */
  get device(): Device<unknown> | undefined {
    return this.#device;
  }

  /** How long ago the run began, in milliseconds. */
  get ageMs(): number {
    return this.#ports.shared.clock.monotonicMs() - this.#startedAtMs;
  }

  /** Says that the run cannot go on. After the end of the run this does nothing. */
  fail(error: unknown): void {
    if (this.#phase !== "up") return;
    this.#runEnd.fail();
    this.#ports.onFailure(error);
  }

  /** Brings the device to rest and gives everything back. Resolves with whether all of it came to rest in time. */
  end(): Promise<boolean> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<boolean> {
    this.#phase = "coming to rest";
    this.#device = undefined;
    this.commands.clear();
    const isAtRest = await this.#runEnd.end(() => this.#resources.release());
    this.#phase = "over";
    return isAtRest;
  }

  /** After the end of the run, its kept values can no longer be set: they belong to the next run. */
  readonly #keep: Store["keep"] = (name, schema, initial) => {
    const { settings, shared, log } = this.#ports;
    const kept = shared.store.of(settings.id, log).keep(name, schema, initial);
    return new KeptDuringRun(kept, this);
  };

  #context(): DeviceContext<unknown> {
    const { settings, shared, log, presence, failSafe } = this.#ports;
    return deviceContext(shared, {
      failSafe,
      settings,
      log,
      presence,
      causes: this.causes,
      times: this.times,
      switchOn: () => {
        if (this.#device !== undefined) this.#ports.onSwitchOn();
        else this.#isToSwitchOn = true;
      },
      waits: this.waits,
      isStarting: () => this.#device === undefined && this.#phase === "up",
      resources: this.#resources,
      keep: this.#keep,
      confirm: () => {
        if (this.#phase === "up") presence.confirm();
      },
      restate: (state, about) => {
        if (this.#phase === "up") presence.restate(state, about);
      },
      emit: (event, type) => {
        if (this.#phase === "up") presence.publishEvent(event, type);
      },
      fail: (error) => this.fail(error),
      onFailure: (task) => this.#runEnd.onFailure(task),
      onStop: (task) => this.#runEnd.onStop(task),
      report: (state, how) => {
        if (this.#phase === "over") return;
        presence.publishState(state, this.causes.now, how);
        // While a pin goes to rest it still reports its last state. That must not make the device online again.
        if (this.#phase === "up") presence.goOnline();
      },
    });
  }
}
