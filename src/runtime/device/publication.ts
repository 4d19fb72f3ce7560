import type { KnownState } from "../../core/house/known-state.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { DeviceTopics } from "../../core/messages/device-topics.ts";
import type { WallClock } from "../agent/wall-clock.ts";

/** A state as a JSON value: an object for several values, a text for one word. */
export function stateAsValue(state: string | undefined): unknown {
  return state?.startsWith("{") ? (JSON.parse(state) as unknown) : state;
}

/** A message as the log shows it. */
export type Published = Readonly<Record<"topic" | "payload", string>>;

/** What is published of a device on its topics: state, values alone, availability and events. */
export class Publication {
  readonly #topics: DeviceTopics;
  readonly #bus: Pick<Bus, "publish">;
  readonly #wallClock: WallClock;
  #said: KnownState | undefined;
  #state: string | undefined;
  /** Undefined until it was published for the first time. */
  #availability: "online" | "offline" | undefined;

  constructor(topics: DeviceTopics, { bus, wallClock }: { bus: Pick<Bus, "publish">; wallClock: WallClock }) {
    this.#topics = topics;
    this.#bus = bus;
    this.#wallClock = wallClock;
    wallClock.onSet(() => this.#tellTime());
  }

  /** The last state as it was published. */
  get state(): string | undefined {
    return this.#state;
  }

  /** Who changed the state last, such as `mqtt` or `rule:frost`. Undefined where that is not known, as for a sensor. */
  get cause(): string | undefined {
    return this.#said?.cause;
  }

  /** Publishes everything again, for a broker that may have lost it. */
  announce(): void {
    if (this.#state !== undefined) this.#bus.publish(this.#topics.state, this.#state);
    this.#publishShown();
    this.#availability ??= "offline";
    this.#bus.publish(this.#topics.availability, this.#availability);
  }

  /**
   * Publishes state and availability again. If the request has an answer topic, the state is sent there instead, in the form of an answer.
   */
  tell(answerTo: BusMessage["answerTo"]): void {
    if (answerTo?.topic === undefined) {
      this.announce();
      return;
    }
    const text = JSON.stringify({ accepted: true, state: stateAsValue(this.#state), cause: this.cause });
    this.#bus.publish(answerTo.topic, text, { retain: false, correlation: answerTo.correlation });
  }

  /** Publishes a state: a word as plain text, several values as JSON with the time. */
  publish(said: KnownState): Published {
    const { topic, payload } = this.hold(said);
    this.#bus.publish(topic, payload);
    this.#publishShown();
    return { topic, payload };
  }

  /** Takes a state that is not published now. Who asks for the state gets it, and so does a broker that may have lost it. */
  hold(said: KnownState): Published {
    this.#said = said;
    this.#state = this.#textOf(said);
    return { topic: this.#topics.state, payload: this.#state };
  }

  /** What was published last holds at this time, too, on the scale of the clock. Nothing is published. */
  confirm(atMs: number): void {
    if (this.#said !== undefined) this.#said = { ...this.#said, atMs };
  }

  /** Publishes whether the device is online, if that is another word than before. */
  availability(word: "online" | "offline"): void {
    if (word === this.#availability) return;
    this.#availability = word;
    this.#bus.publish(this.#topics.availability, word);
  }

  /** Publishes that something has just happened, in the form that Home Assistant's event platform expects. */
  event(event: string, type: string): Published {
    const topic = this.#topics.events[event];
    if (topic === undefined) throw new Error(`the kind has no event "${event}"`);
    const payload = JSON.stringify({ event_type: type });
    this.#bus.publish(topic, payload, { retain: false });
    return { topic, payload };
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
}
