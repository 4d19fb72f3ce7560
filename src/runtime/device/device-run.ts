import type { Device, DeviceContext } from "../../core/device.ts";
import type { DeviceSettings } from "../../core/device-settings.ts";
import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { Store } from "../../core/store.ts";
import { NewestTimes } from "../guard/newest-times.ts";
import { CommandQueue } from "../orders/command-queue.ts";
import { inTime } from "../time-limit.ts";
import { Causes } from "./causes.ts";
import { deviceContext, type HostPorts } from "./device-context.ts";
import type { Presence } from "./presence.ts";
import { Resources } from "./resources.ts";
import { type WaitingChange, Waits } from "./waits.ts";

/** How long a set-up may take. The longest known wait is udev's 5 s for the files of a pin, and more on a Pi Zero that is booting. */
const setupTimeoutMs = 30_000;
const setupHangs = `it was not set up within ${setupTimeoutMs / 1000} s`;
/**
 * How long a device may take to come to rest. Pins answer within milliseconds; systemd waits 20 s for all devices together
 * (TimeoutStopSec).
 */
const restTimeoutMs = 5_000;
/** How long a device may take for its last report, while it comes to rest: a disk may hang, and the others must not wait for it. */
const lastWordsTimeoutMs = 1_000;
const restHangs = `it was not at rest within ${restTimeoutMs / 1000} s`;

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
  #isAtRest = true;
  /** Whether the device is to be switched on as soon as it is set up. */
  #isToSwitchOn = false;
  /** What takes back what the device has ordered of others. */
  readonly #failureTasks: (() => void)[] = [];
  /** What the device says at its end. */
  readonly #stopTasks: (() => Promise<void> | void)[] = [];

  constructor(ports: RunPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.shared.clock.monotonicMs();
    this.waits = new Waits(() => ports.shared.clock.monotonicMs(), ports.onWaiting);
    this.#resources = new Resources((error) => this.#notAtRest(error));
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
    for (const task of this.#failureTasks.splice(0)) {
      try {
        task();
      } catch (other) {
        this.#notAtRest(other);
      }
    }
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
    const { clock } = this.#ports.shared;
    // Outputs first: what a kind does in its last words must not keep them waiting.
    const rest = inTime(clock, restTimeoutMs, this.#resources.release(), restHangs);
    await Promise.all([rest.catch((error) => this.#notAtRest(error)), ...this.#stopTasks.map(this.#lastWords)]);
    this.#phase = "over";
    return this.#isAtRest;
  }

  readonly #lastWords = async (task: () => Promise<void> | void): Promise<void> => {
    const { shared, log } = this.#ports;
    const words = (async () => task())();
    const hangs = `it took longer than ${lastWordsTimeoutMs / 1000} s`;
    await inTime(shared.clock, lastWordsTimeoutMs, words, hangs).catch((error) =>
      log.debug({ reason: explain(error) }, "the device could not say its last state"),
    );
  };

  #notAtRest(error: unknown): void {
    this.#isAtRest = false;
    this.#ports.log.error({ reason: explain(error) }, "could not bring the device to rest");
  }

  /** After the end of the run, its kept values can no longer be set: they belong to the next run. */
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
      onFailure: (task) => void this.#failureTasks.push(task),
      onStop: (task) => void this.#stopTasks.push(task),
      report: (state, how) => {
        if (this.#phase === "over") return;
        presence.publishState(state, this.causes.now, how);
        // While a pin goes to rest it still reports its last state. That must not make the device online again.
        if (this.#phase === "up") presence.goOnline();
      },
    });
  }
}
