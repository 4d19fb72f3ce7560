import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { DeviceTopics } from "../../core/messages/device-topics.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { Said } from "./said.ts";
import { failuresUntilOffline } from "./sampler.ts";

/** A state as JSON has it: several values as an object, one word as text. */
export function stateAsValue(state: string | undefined): unknown {
  return state?.startsWith("{") ? (JSON.parse(state) as unknown) : state;
}

/** What is known in public of one device: its last state, and whether it is online. Says each change once. */
export class Presence {
  readonly #topics: DeviceTopics;
  readonly #bus: Pick<Bus, "publish">;
  readonly #clock: Clock;
  readonly #wallClock: WallClock;
  readonly #log: Log;
  readonly #tellHouse: (said: Said | undefined) => void;
  #online = false;
  #failures = 0;
  /** What was last said of being online, if anything. */
  #availability: "online" | "offline" | undefined;
  #state: string | undefined;
  /** The last state without its time. */
  #content: string | undefined;
  #said: Said | undefined;
  #everyMs: number | undefined;
  /** Why it is offline, once that was said. */
  #trouble: string | undefined;

  /** `tellHouse` hears what other devices may know, and undefined when the device is offline. */
  constructor(
    topics: DeviceTopics,
    ports: { bus: Pick<Bus, "publish">; clock: Clock; wallClock: WallClock; log: Log },
    tellHouse: (said: Said | undefined) => void,
  ) {
    this.#topics = topics;
    this.#tellHouse = tellHouse;
    this.#bus = ports.bus;
    this.#clock = ports.clock;
    this.#wallClock = ports.wallClock;
    this.#log = ports.log;
    ports.wallClock.onSet(() => this.#tellTime());
  }

  get isOnline(): boolean {
    return this.#online;
  }

  /** Says everything again, for a broker that may have forgotten it. */
  announce(): void {
    if (this.#state !== undefined) this.#bus.publish(this.#topics.state, this.#state);
    this.#publishShown();
    this.#publishAvailability();
  }

  /** Says state and availability once more, or the state to whoever wants it on a topic of its own, in the form of any answer. */
  tell(answerTo: BusMessage["answerTo"]): void {
    if (answerTo?.topic === undefined) {
      this.announce();
      return;
    }
    const text = JSON.stringify({ accepted: true, state: stateAsValue(this.#state) });
    this.#bus.publish(answerTo.topic, text, { retain: false, correlation: answerTo.correlation });
  }

  /** The last state, as it was published. */
  get state(): string | undefined {
    return this.#state;
  }

  /** How often the device failed, readings included. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Publishes a state: one word as it is, several values as JSON with the time. Its cause is logged; at info where nobody asked for the
   * change by MQTT, since a person will want to know who switched that. `progress` is no switching.
   */
  publishState(state: unknown, cause: string, how?: "progress"): void {
    const isObject = typeof state === "object";
    const content = JSON.stringify(state);
    const isNews = this.#content !== undefined && this.#content !== content;
    this.#content = content;
    this.#said = { state, atMs: this.#clock.monotonicMs(), isSuspect: false, everyMs: this.#everyMs };
    this.#state = this.#textOf(this.#said);
    this.#bus.publish(this.#topics.state, this.#state);
    this.#publishShown();
    if (this.#online) this.#tellHouse(this.#said);
    const takesCommands = this.#topics.commands.length > 0;
    const line = { topic: this.#topics.state, payload: this.#state, ...(takesCommands && { cause }) };
    if (takesCommands && isNews && cause !== "mqtt" && how === undefined) this.#log.info(line, "state");
    else this.#log.debug(line, takesCommands || !isObject ? "state" : "reading");
  }

  /** Tells that something happened in an instant, as Home Assistant's event platform has it. */
  publishEvent(event: string, type: string): void {
    const topic = this.#topics.events[event];
    if (topic === undefined) throw new Error(`the kind has no event "${event}"`);
    const payload = JSON.stringify({ event_type: type });
    this.#bus.publish(topic, payload, { retain: false });
    this.#log.debug({ topic, payload }, "event");
  }

  /** The state will be said again and again, so often; what is overdue is stale. */
  expectEvery(ms: number): void {
    this.#everyMs = ms;
  }

  /** The device works. */
  goOnline(): void {
    if (this.#online) return;
    this.#online = true;
    this.#tellHouse(this.#said);
    this.#publishAvailability();
    if (this.#trouble !== undefined) this.#log.info({}, "device is online again");
    this.#trouble = undefined;
  }

  /** The device cannot work, for this reason. */
  goOffline(error: unknown): void {
    this.#failures += 1;
    this.leave();
    const reason = explain(error);
    if (reason !== this.#trouble) this.#log.warn({ reason }, "device is offline");
    this.#trouble = reason;
  }

  /** The device stops because it was asked to. */
  leave(): void {
    this.#online = false;
    this.#tellHouse(undefined);
    if (this.#availability !== "offline") this.#publishAvailability();
  }

  /** A reading failed; the first ones in a row are nobody's business. */
  readingFailed(error: unknown, failuresInARow: number): void {
    this.#log.debug({ reason: explain(error), failures: failuresInARow }, "reading failed");
    if (failuresInARow === failuresUntilOffline) this.goOffline(error);
    else this.#failures += 1;
    if (!this.#online || this.#said === undefined) return;
    this.#said = { ...this.#said, isSuspect: true };
    this.#tellHouse(this.#said);
  }

  /** A reading came without one of its values. */
  valueFailed(): void {
    this.#failures += 1;
  }

  #textOf({ state, atMs }: Said): string {
    if (typeof state !== "object" || state === null) return String(state);
    return JSON.stringify({ ...state, ts: this.#wallClock.timeOf(atMs) });
  }

  /** Says the last values again, with their time, which is known better now. */
  #tellTime(): void {
    if (typeof this.#said?.state !== "object") return;
    this.#state = this.#textOf(this.#said);
    this.#bus.publish(this.#topics.state, this.#state);
  }

  /** The values that also stand alone; one that is not known is taken away, so that nobody takes an old one for it. */
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
