import {
  attributesTopic,
  commandSchema,
  type DeviceSettings,
  measuresOf,
  topicsOf,
} from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import type { BusMessage } from "../../core/messages/bus.ts";
import { allTopics, type DeviceTopics } from "../../core/messages/device-topics.ts";
import { backOff } from "../../core/time/back-off.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { FailSafe } from "../failsafe/fail-safe.ts";
import { failSafeOf } from "../failsafe/fail-safe-of.ts";
import { MqttCommands } from "../orders/mqtt-commands.ts";
import { Orders } from "../orders/orders.ts";
import { Attributes } from "./attributes.ts";
import type { HostPorts } from "./device-context.ts";
import { DeviceRun } from "./device-run.ts";
import { Presence } from "./presence.ts";
import { Publication } from "./publication.ts";

/** The pauses before the next run of a device that has failed. */
const betweenRuns = { firstMs: 1_000, longestMs: 60_000 };
/** After a device has worked for this time, a failure is followed by the shortest pause again. */
const steadyMs = 60_000;

/** Keeps one device working: sets it up, gives it commands, and begins another run when one has failed. */
export class DeviceHost {
  readonly id: string;
  readonly topics: DeviceTopics;
  readonly #settings: DeviceSettings;
  readonly #ports: HostPorts;
  readonly #log: Log;
  readonly #publication: Publication;
  readonly #presence: Presence;
  readonly #attributes: Attributes | undefined;
  readonly #orders: Orders;
  readonly #commands: MqttCommands;
  /** Undefined for a device without a fail-safe. */
  readonly #failSafe: FailSafe | undefined;
  readonly #pauses;
  #run: DeviceRun | undefined;
  #stopped = false;
  #cancelRetry: Cancel = () => {};

  constructor(settings: DeviceSettings, ports: HostPorts) {
    this.id = settings.id;
    this.#settings = settings;
    this.#ports = ports;
    this.#log = ports.logOf(settings.id);
    this.topics = topicsOf(settings);
    this.#publication = new Publication(this.topics, ports);
    this.#presence = new Presence({
      publication: this.#publication,
      clock: ports.clock,
      log: this.#log,
      tellNeighbours: (said) => ports.neighbours.say(this.id, said),
      tellEvent: (event, type) => ports.neighbours.tellEvent(this.id, event, type),
      takesCommands: this.topics.commands.length > 0,
      measured: Object.keys(measuresOf(settings)),
    });
    const attributes = attributesTopic(settings);
    this.#attributes =
      attributes === undefined
        ? undefined
        : new Attributes(attributes, {
            bus: ports.bus,
            wallClock: ports.wallClock,
            ...(settings.limits?.failSafe && { failSafe: () => this.#failSafe?.reason ?? null }),
          });
    this.#orders = new Orders({
      schema: commandSchema(settings),
      clock: ports.clock,
      log: this.#log,
      run: () => this.#run,
      accepted: (from) => this.#failSafe?.commanded(from),
    });
    ports.neighbours.add(this.id, { order: (order) => this.#orders.give(order) });
    this.#commands = new MqttCommands({
      id: settings.id,
      topics: this.topics,
      bus: ports.bus,
      log: this.#log,
      refusals: ports.refusals,
      orders: this.#orders,
      publication: this.#publication,
      age: { clock: ports.clock, wallClock: ports.wallClock, maxAgeMs: settings.limits?.maxAgeMs },
    });
    this.#failSafe = failSafeOf(settings, ports, {
      log: this.#log,
      orders: this.#orders,
      onChange: () => this.#attributes?.announce(),
    });
    this.#pauses = backOff(betweenRuns, ports.random);
  }

  /** Sets the device up once. If that fails, the device is offline and is tried again later. Never rejects. */
  async start(): Promise<void> {
    const run: DeviceRun = new DeviceRun({
      settings: this.#settings,
      shared: this.#ports,
      log: this.#log,
      presence: this.#presence,
      onFailure: (error) => this.#giveUp(run, error),
      onSwitchOn: () => this.#switchOn(),
      onWaiting: (waiting) => this.#attributes?.tell(waiting),
      failSafe: this.#failSafe,
    });
    this.#run = run;
    await run.setUp();
    if (run.device !== undefined) this.#failSafe?.ready();
  }

  /** How the device is. It is `starting` until it has worked or failed for the first time. */
  get status(): "online" | "offline" | "starting" {
    if (this.#presence.isOnline) return "online";
    return this.#presence.failures > 0 ? "offline" : "starting";
  }

  /** The topics on which the device takes messages. */
  get heard(): readonly string[] {
    const { commands, setters, get } = this.topics;
    return [...commands, ...Object.values(setters), get];
  }

  /** All topics of this device. */
  get used(): readonly string[] {
    return allTopics(this.topics);
  }

  /** Takes a message from one of {@link heard}: a command, or a request for the state. */
  receive(message: BusMessage): void {
    if (message.topic !== this.topics.get) this.#commands.receive(message);
    else if (!message.retained) this.#publication.tell(message.answerTo);
  }

  /** Publishes everything again, for a broker that may have lost it. */
  announce(): void {
    this.#publication.announce();
    this.#attributes?.announce();
  }

  /** How often the device has failed since the start, in its set-up, its readings or its commands. */
  get failures(): number {
    return this.#presence.failures;
  }

  /** Brings the device to rest and publishes that it is offline. Resolves with whether it is at rest. */
  async stop(): Promise<boolean> {
    this.#stopped = true;
    this.#failSafe?.stop();
    this.#cancelRetry();
    const isAtRest = (await this.#run?.end()) ?? true;
    this.#presence.leave();
    return isAtRest;
  }

  /** The time of a command to off is over. A fail-safe that holds has ended what the command would still do. */
  #switchOn(): void {
    if (this.#failSafe?.startsOff !== undefined) return;
    const from = { by: "timer", id: "off_time" } as const;
    this.#orders.give({
      sent: { value: { state: "ON" } },
      from,
      fields: () => ({}),
      done: (outcome) => {
        if (!outcome.accepted) this.#log.warn({ reason: outcome.message }, "could not switch on again after off_time");
      },
    });
  }

  /** Ends the run that failed, and begins another one after a pause. */
  #giveUp(run: DeviceRun, error: unknown): void {
    if (this.#stopped) return;
    if (run.ageMs > steadyMs) this.#pauses.reset();
    const rested = run.end();
    this.#presence.goOffline(error);
    void rested.then(() => {
      if (!this.#stopped) this.#cancelRetry = this.#ports.clock.after(this.#pauses.next(), () => void this.start());
    });
  }
}
