import type { Bus, BusListener, BusMessage, PublishOptions } from "../core/bus.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import { Broker } from "./broker.ts";
import type { BusSettings, Connection } from "./client.ts";
import { isTakenOver, Pauses } from "./pauses.ts";
import { usesTls } from "./tls.ts";
import { TwiceHeard } from "./twice-heard.ts";

/** What the bus needs of its surroundings. */
export interface BusPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** How long a goodbye may take before the connection is cut; systemd waits longer. */
const goodbyeMs = 1_000;

/** A connection to the broker of that rank, from the first packet on. */
interface Line {
  readonly rank: number;
  readonly broker: Broker;
  connection: Connection | undefined;
  /** When it began to serve. */
  sinceMs: number;
}

/**
 * The bus over MQTT: one connection after the other, with growing pauses between them. Each begins from nothing, so what was
 * under way when one broke is not sent late. Where there are several brokers, each round begins with the first; while another
 * one serves, the first is tried beside it, and takes over once it has acknowledged the subscriptions: nothing is missed.
 */
export class MqttBus implements Bus {
  readonly #brokers: readonly Broker[];
  readonly #listener: BusListener;
  readonly #clock: Clock;
  readonly #pauses: Pauses;
  readonly #twiceHeard = new TwiceHeard();
  readonly #goodbyes = new Set<Promise<void>>();
  #serving: Line | undefined;
  #attempt: Line | undefined;
  #closing = false;
  #cancelPlan: Cancel = () => {};

  constructor(settings: BusSettings, listener: BusListener, { clock, log, random }: BusPorts) {
    this.#brokers = [settings, ...(settings.fallbacks ?? [])].map((one) => new Broker({ ...settings, ...one }, log));
    this.#listener = listener;
    this.#clock = clock;
    this.#pauses = new Pauses(random);
    if (settings.checkServerName === false && this.#brokers.some(({ url }) => usesTls(url)))
      log.warn({ setting: "broker.check_server_name" }, "the broker's name is not checked: another may pose as it");
    this.#try(0);
  }

  publish(topic: string, payload: string, options: PublishOptions = {}): void {
    this.#serving?.connection?.publish(topic, payload, options);
  }

  get waiting(): number {
    return this.#serving?.connection?.waiting ?? 0;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelPlan();
    this.#attempt?.connection?.cut();
    if (this.#serving !== undefined) this.#sayGoodbye(this.#serving);
    this.#serving = undefined;
    await Promise.all(this.#goodbyes);
  }

  #try(rank: number): void {
    const broker = this.#brokers[rank];
    if (broker === undefined) return;
    const line: Line = { rank, broker, connection: undefined, sinceMs: 0 };
    this.#attempt = line;
    line.connection = broker.open({
      topics: this.#listener.topics,
      news: this.#listener.news ?? [],
      kept: this.#listener.kept ?? [],
      message: (message) => this.#hear(message, line),
      ready: () => this.#serve(line),
      ended: (error, accepted) => {
        if (this.#closing) return;
        if (line === this.#serving) this.#lose(line, error);
        else if (line === this.#attempt) this.#goOn(line, error, accepted);
      },
    });
  }

  #hear(message: BusMessage, line: Line): void {
    const mayHearTwo = this.#brokers.length > 1;
    if (mayHearTwo && !message.retained && this.#twiceHeard.isRepeated(message, line, this.#clock.monotonicMs()))
      return;
    this.#listener.message(message);
  }

  #serve(line: Line): void {
    const before = this.#serving;
    this.#serving = line;
    this.#attempt = undefined;
    line.sinceMs = this.#clock.monotonicMs();
    this.#pauses.connected();
    line.broker.connected({
      ...(line.rank > 0 && { instead_of: this.#brokers[0]?.url ?? "" }),
      ...(before !== undefined && { moved_from: before.broker.url }),
    });
    if (line.rank > 0) this.#plan(this.#pauses.lookAgain(), 0);
    this.#listener.connected();
    if (before !== undefined) this.#sayGoodbye(before);
  }

  #lose(line: Line, error: unknown): void {
    this.#serving = undefined;
    // Brokers that share their sessions end the old connection for the new one.
    if (this.#attempt !== undefined && isTakenOver(error)) return;
    line.broker.lost(error);
    const pauseMs = this.#pauses.afterLoss(error, this.#clock.monotonicMs() - line.sinceMs);
    if (this.#attempt === undefined) this.#plan(pauseMs, 0);
  }

  /** After an attempt that failed: to the next broker, or, when all those have been tried that should be, after a pause. */
  #goOn({ rank, broker }: Line, error: unknown, accepted: boolean): void {
    this.#attempt = undefined;
    const step = broker.failed(error, accepted);
    const next = step === "later" ? rank + 1 : rank;
    if (step === "at once") this.#plan(0, rank);
    else if (next < (this.#serving?.rank ?? this.#brokers.length)) this.#plan(this.#pauses.nextBroker(), next);
    else this.#plan(this.#serving === undefined ? this.#pauses.nextRound(error) : this.#pauses.lookAgain(), 0);
  }

  #plan(ms: number, rank: number): void {
    this.#cancelPlan();
    this.#cancelPlan = this.#clock.after(ms, () => this.#try(rank));
  }

  #sayGoodbye({ connection }: Line): void {
    let cancelLimit: Cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancelLimit = this.#clock.after(goodbyeMs, resolve);
    });
    const goodbye = Promise.race([limit, connection?.leave()])
      // Whether it went well or not, the connection is over.
      .catch(() => {})
      .then(() => {
        cancelLimit();
        connection?.cut();
        this.#goodbyes.delete(goodbye);
      });
    this.#goodbyes.add(goodbye);
  }
}
