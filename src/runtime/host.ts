import { backOff } from "../core/back-off.ts";
import type { Bus, BusMessage } from "../core/bus.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Device, DeviceContext, DeviceSettings } from "../core/device.ts";
import { explain } from "../core/errors.ts";
import type { Files } from "../core/files.ts";
import type { GpioPins } from "../core/gpio.ts";
import type { Isolate } from "../core/isolate.ts";
import type { Log } from "../core/log.ts";
import { type DeviceTopics, deviceTopics } from "../core/topic.ts";
import { CommandQueue } from "./command-queue.ts";
import { shown, understand } from "./commands.ts";
import { devicePins } from "./pins.ts";
import { Presence } from "./presence.ts";
import { Resources } from "./resources.ts";
import { startSampling } from "./sampler.ts";

/** What all devices share. */
export interface HostPorts {
  readonly bus: Pick<Bus, "publish">;
  readonly pins: GpioPins;
  readonly files: Files;
  readonly isolate: Isolate;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Runs tasks of the same name one after the other. */
  readonly inTurn: <T>(name: string | undefined, task: () => Promise<T>) => Promise<T>;
}

/** A device that worked so long before it failed begins with the shortest pause again. */
const steadyMs = 60_000;

/** Keeps one device going: sets it up, hands it commands, and tries again when it cannot work. */
export class DeviceHost {
  readonly topics: DeviceTopics;
  readonly #settings: DeviceSettings;
  readonly #ports: HostPorts;
  readonly #log: Log;
  readonly #presence: Presence;
  readonly #queue: CommandQueue;
  readonly #pauses;
  #resources: Resources;
  #device: Device<unknown> | undefined;
  #startedAtMs = 0;
  #stopped = false;
  #cancelRetry: Cancel = () => {};

  constructor(settings: DeviceSettings, ports: HostPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#log = ports.log.child({ device: settings.id });
    this.topics = deviceTopics(settings.topic, settings.kind.command !== undefined);
    this.#presence = new Presence(this.topics, { ...ports, log: this.#log });
    this.#resources = this.#newResources();
    this.#queue = new CommandQueue((error) => this.#fail(error, this.#resources));
    this.#pauses = backOff({ firstMs: 1_000, longestMs: 60_000 }, ports.random);
  }

  /** Sets the device up once. When that fails the device is offline and is tried again later; this never rejects. */
  async start(): Promise<void> {
    const resources = this.#newResources();
    this.#resources = resources;
    this.#startedAtMs = this.#ports.clock.monotonicMs();
    try {
      const device = await this.#settings.kind.setup(this.#settings.options, this.#context(resources));
      if (!resources.released) this.#device = device;
    } catch (error) {
      this.#fail(error, resources);
    }
  }

  /** Takes a message from one of {@link DeviceTopics.commands}. A command that is refused changes nothing. */
  receive(message: BusMessage): void {
    const reason = this.#refusal(message);
    if (reason === undefined) return;
    this.#log.warn({ topic: message.topic, payload: shown(message.payload), reason }, "refused a command");
  }

  /** Says everything again, for a broker that may have forgotten it. */
  announce(): void {
    this.#presence.announce();
  }

  /** Brings the device to rest and says so. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    await this.#rest(this.#resources);
    this.#presence.leave();
  }

  /** Carries the command out, or tells why not. */
  #refusal({ topic, payload, retained }: BusMessage): string | undefined {
    if (retained) return "it is retained, so it may be old; publish commands without retain";
    const { command: schema } = this.#settings.kind;
    if (schema === undefined) return "the device takes no commands";
    const understood = understand(schema, payload);
    if ("refusal" in understood) return understood.refusal;
    const device = this.#device;
    if (device?.command === undefined) return "the device is offline";
    this.#log.debug({ topic, payload: shown(payload) }, "command");
    const taken = this.#queue.add(() => device.command?.(understood.command));
    return taken ? undefined : "too many commands are waiting";
  }

  #context(resources: Resources): DeviceContext<unknown> {
    const { files, isolate, pins, random, inTurn } = this.#ports;
    const fail = (error: Error) => this.#fail(error, resources);
    const clock = resources.clock(this.#ports.clock, fail);
    const report = (state: unknown) => {
      this.#presence.publishState(state);
      // At rest a pin still says its last state, but the device does not come back by it.
      if (!resources.released) this.#presence.goOnline();
    };
    return {
      files,
      isolate,
      clock,
      report,
      fail,
      log: this.#log,
      gpio: devicePins({ pins, clock, fail, onStop: resources.onStop }),
      poll: (poll) => {
        const onFailure = this.#presence.readingFailed.bind(this.#presence);
        resources.onStop(startSampling(poll, { clock, random, inTurn, onReading: report, onFailure }));
      },
    };
  }

  /** Gives up the run that failed, and begins another after a pause. */
  #fail(error: unknown, resources: Resources): void {
    if (this.#stopped || resources.released) return;
    const { clock } = this.#ports;
    if (clock.monotonicMs() - this.#startedAtMs > steadyMs) this.#pauses.reset();
    const rested = this.#rest(resources);
    this.#presence.goOffline(error);
    void rested.then(() => {
      if (!this.#stopped) this.#cancelRetry = clock.after(this.#pauses.next(), () => void this.start());
    });
  }

  async #rest(resources: Resources): Promise<void> {
    this.#device = undefined;
    this.#queue.clear();
    await resources.release();
  }

  #newResources(): Resources {
    return new Resources((error) => this.#log.error({ reason: explain(error) }, "could not bring the device to rest"));
  }
}
