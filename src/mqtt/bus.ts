import { type BackOff, backOff } from "../core/back-off.ts";
import type { Bus, BusListener } from "../core/bus.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import { type BusSettings, type Connection, openConnection, type ProtocolVersion } from "./client.ts";
import { connectionReason, refusalCode } from "./reasons.ts";

/** What the bus needs of its surroundings. */
export interface BusPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** How long a goodbye may take before the connection is cut; systemd waits longer. */
const goodbyeMs = 1_000;
const longestPauseMs = 30_000;
/** "Session taken over": two agents with one id would throw each other out without end. */
const takenOver = 142;
/** "Unsupported protocol version" in MQTT 3.1.1 and in MQTT 5. */
const versionRefusals: readonly (number | undefined)[] = [1, 132];

/**
 * The bus over MQTT: one connection after the other, with growing pauses between them. Each begins from nothing, so what was
 * under way when one broke is not sent late. MQTT 5 is tried first, for its retain handling, then 3.1.1.
 */
export class MqttBus implements Bus {
  readonly #settings: BusSettings;
  readonly #listener: BusListener;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pauses: BackOff;
  #version: ProtocolVersion = 5;
  #connection: Connection | undefined;
  #ready = false;
  #closing = false;
  #trouble: string | undefined;
  #cancelRetry: Cancel = () => {};

  constructor(settings: BusSettings, listener: BusListener, ports: BusPorts) {
    this.#settings = settings;
    this.#listener = listener;
    this.#clock = ports.clock;
    this.#log = ports.log.child({ broker: settings.url });
    this.#pauses = backOff({ firstMs: 500, longestMs: longestPauseMs }, ports.random);
    this.#connect();
  }

  publish(topic: string, payload: string): void {
    if (this.#ready) this.#connection?.publish(topic, payload);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelRetry();
    let cancelLimit: Cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancelLimit = this.#clock.after(goodbyeMs, resolve);
    });
    if (this.#ready) await Promise.race([limit, this.#connection?.leave()]);
    cancelLimit();
    this.#connection?.cut();
  }

  #connect(): void {
    const { topics, message } = this.#listener;
    try {
      this.#connection = openConnection(this.#settings, this.#version, {
        topics,
        message,
        ready: () => this.#begin(),
        ended: (error, accepted) => this.#pauseAfter(error, accepted),
        forbidden: (action, forbiddenTopics) =>
          this.#log.error({ action, topics: forbiddenTopics }, "the broker forbids topics; allow them in its ACL"),
      });
    } catch (error) {
      // Certificates and keys that are none are found when the connection is built.
      this.#pauseAfter(error, false);
    }
  }

  #begin(): void {
    this.#ready = true;
    this.#pauses.reset();
    this.#trouble = undefined;
    this.#log.info({ protocol: this.#version === 5 ? "MQTT 5" : "MQTT 3.1.1" }, "connected to the broker");
    this.#listener.connected();
  }

  #pauseAfter(error: unknown, accepted: boolean): void {
    this.#ready = false;
    if (this.#closing) return;
    const tryOlderVersion = this.#version === 5 && versionRefusals.includes(refusalCode(error));
    if (!accepted && mayBeTheVersion(error)) this.#version = this.#version === 5 ? 4 : 5;
    if (!tryOlderVersion) this.#say(connectionReason(error), accepted);
    const pauseMs = refusalCode(error) === takenOver ? longestPauseMs : this.#pauses.next();
    this.#cancelRetry = this.#clock.after(tryOlderVersion ? 0 : pauseMs, () => this.#connect());
  }

  #say(reason: string, accepted: boolean): void {
    if (reason === this.#trouble) return;
    this.#trouble = reason;
    this.#log.warn({ reason }, accepted ? "lost the broker" : "cannot connect to the broker");
  }
}

/** A broker that does not know MQTT 5 says so, or hangs up, or says nothing. Whatever has a code is another matter. */
function mayBeTheVersion(error: unknown): boolean {
  return versionRefusals.includes(refusalCode(error)) || !(error instanceof Error && "code" in error);
}
