import type { Bus, BusMessage } from "../core/bus.ts";
import type { Clock } from "../core/clock.ts";
import { explain } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { DeviceTopics } from "../core/topic.ts";
import { failuresUntilOffline } from "./sampler.ts";
import type { WallClock } from "./wall-clock.ts";

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
  #online = false;
  #failures = 0;
  /** What was last said of being online, if anything. */
  #said: "online" | "offline" | undefined;
  #state: string | undefined;
  /** Where the state is several values: these, and when it was so by the clock that never jumps. */
  #reading: { readonly values: object; readonly atMs: number } | undefined;
  /** Why it is offline, once that was said. */
  #trouble: string | undefined;

  constructor(
    topics: DeviceTopics,
    ports: { bus: Pick<Bus, "publish">; clock: Clock; wallClock: WallClock; log: Log },
  ) {
    this.#topics = topics;
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

  /** Publishes a state: one word as it is, several values as JSON with the time. */
  publishState(state: unknown): void {
    this.#reading =
      typeof state === "object" && state !== null ? { values: state, atMs: this.#clock.monotonicMs() } : undefined;
    this.#state = this.#reading === undefined ? String(state) : this.#textOf(this.#reading);
    this.#bus.publish(this.#topics.state, this.#state);
    const what = this.#reading === undefined ? "state" : "reading";
    this.#log.debug({ topic: this.#topics.state, payload: this.#state }, what);
  }

  /** The device works. */
  goOnline(): void {
    if (this.#online) return;
    this.#online = true;
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
    if (this.#said !== "offline") this.#publishAvailability();
  }

  /** A reading failed; the first ones in a row are nobody's business. */
  readingFailed(error: unknown, failuresInARow: number): void {
    this.#log.debug({ reason: explain(error), failures: failuresInARow }, "reading failed");
    if (failuresInARow === failuresUntilOffline) this.goOffline(error);
    else this.#failures += 1;
  }

  /** A reading came without one of its values. */
  valueFailed(): void {
    this.#failures += 1;
  }

  #textOf({ values, atMs }: { readonly values: object; readonly atMs: number }): string {
    return JSON.stringify({ ...values, ts: this.#wallClock.timeOf(atMs) });
  }

  /** Says the last values again, with their time, which is known better now. */
  #tellTime(): void {
    if (this.#reading === undefined) return;
    this.#state = this.#textOf(this.#reading);
    this.#bus.publish(this.#topics.state, this.#state);
  }

  #publishAvailability(): void {
    this.#said = this.#online ? "online" : "offline";
    this.#bus.publish(this.#topics.availability, this.#said);
  }
}
