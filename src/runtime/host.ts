import { backOff } from "../core/back-off.ts";
import type { BusMessage } from "../core/bus.ts";
import type { Cancel } from "../core/clock.ts";
import { commandSchema, type Device, type DeviceSettings } from "../core/device.ts";
import { explain } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { type DeviceTopics, deviceTopics } from "../core/topic.ts";
import { CommandDesk } from "./command-desk.ts";
import { deviceContext, type HostPorts } from "./device-context.ts";
import { Presence } from "./presence.ts";
import { Resources } from "./resources.ts";
import { inTime } from "./time-limit.ts";

/** A device that worked so long before it failed begins with the shortest pause again. */
const steadyMs = 60_000;
/** The longest that is known is udev's 5 s for a pin's files, and some more on a Pi Zero that has just booted. */
const setupTimeoutMs = 30_000;
const setupHangs = `it was not set up within ${setupTimeoutMs / 1000} s`;

/** Keeps one device going: sets it up, hands it commands, and tries again when it cannot work. */
export class DeviceHost {
  readonly id: string;
  readonly topics: DeviceTopics;
  readonly #settings: DeviceSettings;
  readonly #ports: HostPorts;
  readonly #log: Log;
  readonly #presence: Presence;
  readonly #desk: CommandDesk;
  readonly #pauses;
  #resources: Resources;
  #device: Device<unknown> | undefined;
  #startedAtMs = 0;
  #stopped = false;
  #cancelRetry: Cancel = () => {};

  constructor(settings: DeviceSettings, ports: HostPorts) {
    this.id = settings.id;
    this.#settings = settings;
    this.#ports = ports;
    this.#log = ports.log.child({ device: settings.id });
    this.topics = deviceTopics(settings.topic, settings.kind.command !== undefined);
    this.#presence = new Presence(this.topics, { ...ports, log: this.#log });
    this.#resources = this.#newResources();
    this.#desk = new CommandDesk({
      id: settings.id,
      schema: commandSchema(settings),
      topics: this.topics,
      bus: ports.bus,
      log: this.#log,
      refusals: ports.refusals,
      device: () => this.#device,
      state: () => this.#presence.state,
      onFailure: (error) => this.#fail(error, this.#resources),
    });
    this.#pauses = backOff({ firstMs: 1_000, longestMs: 60_000 }, ports.random);
  }

  /** Sets the device up once. When that fails the device is offline and is tried again later; this never rejects. */
  async start(): Promise<void> {
    const resources = this.#newResources();
    this.#resources = resources;
    this.#startedAtMs = this.#ports.clock.monotonicMs();
    try {
      const { kind, options } = this.#settings;
      const parts = { log: this.#log, presence: this.#presence, resources };
      const fail = (error: Error) => this.#fail(error, resources);
      const setup = kind.setup(options, deviceContext(this.#ports, { ...parts, fail }));
      const device = await inTime(this.#ports.clock, setupTimeoutMs, setup, setupHangs);
      if (!resources.released) this.#device = device;
    } catch (error) {
      this.#fail(error, resources);
    }
  }

  get isOnline(): boolean {
    return this.#presence.isOnline;
  }

  /** Takes a message from one of the device's topics: a command, or the wish to hear the state. */
  receive(message: BusMessage): void {
    if (message.topic !== this.topics.get) this.#desk.receive(message);
    else if (!message.retained) this.#presence.tell(message.answerTo);
  }

  /** Says everything again, for a broker that may have forgotten it. */
  announce(): void {
    this.#presence.announce();
  }

  /** How often the device failed since the start: to be set up, to read, to do what it was told. */
  get failures(): number {
    return this.#presence.failures;
  }

  /** Brings the device to rest and says so. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    await this.#rest(this.#resources);
    this.#presence.leave();
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
    this.#desk.clear();
    await resources.release();
  }

  #newResources(): Resources {
    return new Resources((error) => this.#log.error({ reason: explain(error) }, "could not bring the device to rest"));
  }
}
