import type { AboutState } from "../../core/device.ts";
import { explain } from "../../core/errors.ts";
import type { KnownState } from "../../core/house/known-state.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Publication, Published } from "./publication.ts";
import { failuresUntilOffline } from "./sampler.ts";

/** What the presence of a device needs. */
export interface PresencePorts {
  readonly publication: Publication;
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly log: Log;
  /** Gets what other devices may know, and undefined when the device goes offline. */
  readonly tellNeighbours: (said: KnownState | undefined) => void;
  /** Gets what has just happened. */
  readonly tellEvent: (event: string, type: string) => void;
  readonly takesCommands: boolean;
  /** The names of the values that are readings. A change of a reading is not a switch, so it is not logged at info. */
  readonly measured: readonly string[];
}

const nothingMore: AboutState = {};

/** What is known of a device: its last state, and whether it is online. Others are told of each change, by MQTT and as neighbours. */
export class Presence {
  readonly #ports: PresencePorts;
  /** Whether the device works, but has had nothing to say since the start. */
  #isSilent = false;
  #online = false;
  #failures = 0;
  /** The last state, as JSON if it has several values, without its time and without what is measured. */
  #content: unknown;
  #said: KnownState | undefined;
  /** When the last good reading or report was, on the scale of the clock. */
  #goodAtMs = Number.NEGATIVE_INFINITY;
  #everyMs: number | undefined;
  /** Why the device is offline, if that was logged. */
  #trouble: string | undefined;

  constructor(ports: PresencePorts) {
    this.#ports = ports;
  }

  get isOnline(): boolean {
    return this.#online;
  }

  /** How often the device has failed, readings included. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Publishes a state: a word as plain text, several values as JSON with the time. The cause is logged. A change that nobody asked for by
   * MQTT is logged at info, because people want to know what switched the device. `progress` is a step of a change that was logged before.
   */
  publishState(state: unknown, cause: string, how?: "progress" | AboutState): void {
    const { clock, log, takesCommands } = this.#ports;
    this.#goodAtMs = clock.monotonicMs();
    const about = how === "progress" ? nothingMore : (how ?? nothingMore);
    const published = this.#say(state, false, about, takesCommands ? cause : undefined);
    const line = () => (takesCommands ? { ...published, cause } : published);
    if (takesCommands && this.#isNews(state) && cause !== "mqtt" && how !== "progress") log.info(line(), "state");
    else if (about.isQuiet) log.debug(line, "reading that is not published");
    else log.debug(line, takesCommands || typeof state !== "object" ? "state" : "reading");
  }

  #isNews(state: unknown): boolean {
    const content = this.#contentOf(state);
    const isNews = this.#content !== undefined && this.#content !== content;
    this.#content = content;
    return isNews;
  }

  #contentOf(state: unknown): unknown {
    if (typeof state !== "object") return state;
    return JSON.stringify(state, (key, value) => (this.#ports.measured.includes(key) ? undefined : value));
  }

  /** Publishes a state that is made of earlier readings, with the time of the last good one. A device that is offline says nothing. */
  restate(state: unknown, about: AboutState = {}): void {
    if (!this.#online && !this.#isSilent) return;
    this.#ports.log.debug(this.#say(state, this.#said?.isSuspect ?? false, about), "reading");
    this.goOnline();
  }

  #say(state: unknown, isSuspect: boolean, about: AboutState = nothingMore, cause?: string): Published {
    const { publication, measured, tellNeighbours } = this.#ports;
    const { suspects = [], isQuiet = false } = about;
    this.#said = { state, atMs: this.#goodAtMs, isSuspect, suspects, everyMs: this.#everyMs, measured, cause };
    const line = isQuiet ? publication.hold(this.#said) : publication.publish(this.#said);
    if (this.#online) tellNeighbours(this.#said);
    return line;
  }

  /**
   * What was said last still holds, and the device works. A device that has said nothing since the start stays offline: the broker may have
   * a state of an earlier day.
   */
  confirm(): void {
    const atMs = this.#ports.clock.monotonicMs();
    this.#goodAtMs = atMs;
    this.#isSilent = this.#said === undefined;
    if (this.#said === undefined) return;
    this.#said = { ...this.#said, atMs, isSuspect: false };
    this.#ports.publication.confirm(atMs);
    if (this.#online) this.#ports.tellNeighbours(this.#said);
    else this.goOnline();
  }

  /** Publishes that something has just happened, in the form that Home Assistant's event platform expects. */
  publishEvent(event: string, type: string): void {
    this.#ports.log.debug(this.#ports.publication.event(event, type), "event");
    this.#ports.tellEvent(event, type);
  }

  /** From now on the state is expected this often, in milliseconds. An overdue state is stale. */
  expectEvery(ms: number): void {
    this.#everyMs = ms;
  }

  /** Notes that the device works. */
  goOnline(): void {
    this.#isSilent = false;
    if (this.#online) return;
    this.#online = true;
    this.#ports.tellNeighbours(this.#said);
    this.#ports.publication.availability("online");
    if (this.#trouble !== undefined) this.#ports.log.info({}, "device is online again");
    this.#trouble = undefined;
  }

  /** Notes that the device cannot work, and why. */
  goOffline(error: unknown): void {
    this.#failures += 1;
    this.leave();
    const reason = explain(error);
    if (reason !== this.#trouble) this.#ports.log.warn({ reason }, "device is offline");
    this.#trouble = reason;
  }

  /** Notes that the device stops because the agent stops or the run ends. */
  leave(): void {
    this.#online = false;
    this.#isSilent = false;
    this.#ports.tellNeighbours(undefined);
    this.#ports.publication.availability("offline");
  }

  /**
   * Notes a failed reading. The device goes offline only after several failures in a row; the earlier ones are logged at debug. `state`
   * says that it has failed, and is published where the device is still online.
   */
  readingFailed(error: unknown, failuresInARow: number, state?: unknown): void {
    this.#ports.log.debug({ reason: explain(error), failures: failuresInARow }, "reading failed");
    if (this.#online && this.#said !== undefined) {
      const { suspects } = this.#said;
      if (state === undefined) this.#said = { ...this.#said, isSuspect: true };
      else this.#say(state, true, { ...(suspects && { suspects }) });
    }
    if (failuresInARow === failuresUntilOffline) this.goOffline(error);
    else this.#failures += 1;
    if (this.#online && this.#said !== undefined) this.#ports.tellNeighbours(this.#said);
  }

  /** Notes that a reading came without one of its values. */
  valueFailed(): void {
    this.#failures += 1;
  }
}
