import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { DeviceTopics } from "../../core/messages/device-topics.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { KnownState } from "./known-state.ts";
import { failuresUntilOffline } from "./sampler.ts";

/** A state as a JSON value: an object for several values, a text for one word. */
export function stateAsValue(state: string | undefined): unknown {
  return state?.startsWith("{") ? (JSON.parse(state) as unknown) : state;
}

/** The published side of a device: its last state, and whether it is online. A change is published once. */
export class Presence {
  readonly #topics: DeviceTopics;
  readonly #bus: Pick<Bus, "publish">;
  readonly #clock: Clock;
  readonly #wallClock: WallClock;
  readonly #log: Log;
  readonly #tellNeighbours: (said: KnownState | undefined) => void;
  readonly #measured: readonly string[];
  #online = false;
  #failures = 0;
  /** The availability that was published last; undefined if there was none. */
  #availability: "online" | "offline" | undefined;
  #state: string | undefined;
  /** The last state as JSON, without its time and without what is measured. */
  #content: string | undefined;
  #said: KnownState | undefined;
  #everyMs: number | undefined;
  /** Why the device is offline, if that was logged. */
  #trouble: string | undefined;

  /**
   * `tellNeighbours` gets what other devices may know, and undefined when the device goes offline. `measured` are the names of the values
   * that are readings. A change of a reading is not a switch, so it is not logged at info.
   */
  constructor(
    topics: DeviceTopics,
    ports: { bus: Pick<Bus, "publish">; clock: Clock; wallClock: WallClock; log: Log },
    tellNeighbours: (said: KnownState | undefined) => void,
    measured: readonly string[] = [],
  ) {
    this.#topics = topics;
    this.#measured = measured;
    this.#tellNeighbours = tellNeighbours;
    this.#bus = ports.bus;
    this.#clock = ports.clock;
    this.#wallClock = ports.wallClock;
    this.#log = ports.log;
    ports.wallClock.onSet(() => this.#tellTime());
  }

  get isOnline(): boolean {
    return this.#online;
  }

  /** Publishes everything again, for a broker that may have lost it. */
  announce(): void {
    if (this.#state !== undefined) this.#bus.publish(this.#topics.state, this.#state);
    this.#publishShown();
    this.#publishAvailability();
  }

  /**
   * Publishes state and availability again. If the request has an answer topic, the state is sent there instead, in the form of an answer.
   */
  tell(answerTo: BusMessage["answerTo"]): void {
    if (answerTo?.topic === undefined) {
      this.announce();
      return;
    }
    const text = JSON.stringify({ accepted: true, state: stateAsValue(this.#state) });
    this.#bus.publish(answerTo.topic, text, { retain: false, correlation: answerTo.correlation });
  }

  /** The last state as it was published. */
  get state(): string | undefined {
    return this.#state;
  }

  /** How often the device has failed, readings included. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Publishes a state: a word as plain text, several values as JSON with the time. The cause is logged. A change that nobody asked for by
   * MQTT is logged at info, because people want to know what switched the device. `progress` is a step of a change that was logged before.
   */
  publishState(state: unknown, cause: string, how?: "progress"): void {
    const isObject = typeof state === "object";
    const content = JSON.stringify(state, (key, value) => (this.#measured.includes(key) ? undefined : value));
    const isNews = this.#content !== undefined && this.#content !== content;
    this.#content = content;
    this.#said = {
      state,
      atMs: this.#clock.monotonicMs(),
      isSuspect: false,
      everyMs: this.#everyMs,
      measured: this.#measured,
    };
    this.#state = this.#textOf(this.#said);
    this.#bus.publish(this.#topics.state, this.#state);
    this.#publishShown();
    if (this.#online) this.#tellNeighbours(this.#said);
    const takesCommands = this.#topics.commands.length > 0;
    const line = { topic: this.#topics.state, payload: this.#state, ...(takesCommands && { cause }) };
    if (takesCommands && isNews && cause !== "mqtt" && how === undefined) this.#log.info(line, "state");
    else this.#log.debug(line, takesCommands || !isObject ? "state" : "reading");
  }

  /** What was said last still holds, and the device works. */
  confirm(): void {
    if (this.#said !== undefined) this.#said = { ...this.#said, atMs: this.#clock.monotonicMs(), isSuspect: false };
    if (this.#online) this.#tellNeighbours(this.#said);
    else this.goOnline();
  }

  /** Publishes that something has just happened, in the form that Home Assistant's event platform expects. */
  publishEvent(event: string, type: string): void {
    const topic = this.#topics.events[event];
    if (topic === undefined) throw new Error(`the kind has no event "${event}"`);
    const payload = JSON.stringify({ event_type: type });
    this.#bus.publish(topic, payload, { retain: false });
    this.#log.debug({ topic, payload }, "event");
  }

  /** From now on the state is expected this often, in milliseconds. An overdue state is stale. */
  expectEvery(ms: number): void {
    this.#everyMs = ms;
  }

  /** Notes that the device works. */
  goOnline(): void {
    if (this.#online) return;
    this.#online = true;
    this.#tellNeighbours(this.#said);
    this.#publishAvailability();
    if (this.#trouble !== undefined) this.#log.info({}, "device is online again");
    this.#trouble = undefined;
  }

  /** Notes that the device cannot work, and why. */
  goOffline(error: unknown): void {
    this.#failures += 1;
    this.leave();
    const reason = explain(error);
    if (reason !== this.#trouble) this.#log.warn({ reason }, "device is offline");
    this.#trouble = reason;
  }

  /** Notes that the device stops because the agent stops or the run ends. */
  leave(): void {
    this.#online = false;
    this.#tellNeighbours(undefined);
    if (this.#availability !== "offline") this.#publishAvailability();
  }

  /** Notes a failed reading. The device goes offline only after several failures in a row; the earlier ones are logged at debug. */
  readingFailed(error: unknown, failuresInARow: number): void {
    this.#log.debug({ reason: explain(error), failures: failuresInARow }, "reading failed");
    if (failuresInARow === failuresUntilOffline) this.goOffline(error);
    else this.#failures += 1;
    if (!this.#online || this.#said === undefined) return;
    this.#said = { ...this.#said, isSuspect: true };
    this.#tellNeighbours(this.#said);
  }

  /** Notes that a reading came without one of its values. */
  valueFailed(): void {
    this.#failures += 1;
  }

  #textOf({ state, atMs }: KnownState): string {
    if (typeof state !== "object" || state === null) return String(state);
    return JSON.stringify({ ...state, ts: this.#wallClock.timeOf(atMs) });
  }

  /** Publishes the last values again, because their time is known better now. */
  #tellTime(): void {
    if (typeof this.#said?.state !== "object") return;
    this.#state = this.#textOf(this.#said);
    this.#bus.publish(this.#topics.state, this.#state);
  }

  /** Publishes the values that are also published alone. A value that is not known gets an empty message, which removes the old value. */
  #publishShown(): void {
    const state = this.#said?.state;
    if (typeof state !== "object" || state === null) return;
    for (const [name, topic] of Object.entries(this.#topics.shown)) {
      const value = (state as Readonly<Record<string, unknown>>)[name];
      if (value === undefined) continue;
      this.#bus.publish(topic, value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
    }
  }

  #publishAvailability(): void {
    this.#availability = this.#online ? "online" : "offline";
    this.#bus.publish(this.#topics.availability, this.#availability);
  }
}
