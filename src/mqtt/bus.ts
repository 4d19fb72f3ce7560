import type { Log } from "../core/log/log.ts";
import type { Bus, BusListener, BusMessage, PublishOptions } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import { type Broker, brokersOf } from "./broker.ts";
import type { Connection } from "./client.ts";
import { Goodbyes } from "./goodbyes.ts";
import { Pauses, wasSteady } from "./pauses.ts";
import { isTakenOver } from "./reasons.ts";
import type { BusSettings } from "./settings.ts";
import { TwiceHeard } from "./twice-heard.ts";

/** What the bus needs of its surroundings. */
export interface BusPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
}

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
  dropped = 0;
  readonly #brokers: readonly Broker[];
  readonly #listener: BusListener;
  readonly #clock: Clock;
  readonly #pauses: Pauses;
  readonly #twiceHeard = new TwiceHeard();
  readonly #goodbyes: Goodbyes;
  #serving: Line | undefined;
  #attempt: Line | undefined;
  #closing = false;
  #cancelPlan: Cancel = () => {};

  constructor(settings: BusSettings, listener: BusListener, { clock, log, random }: BusPorts) {
    this.#brokers = brokersOf(settings, { clock, log });
    this.#listener = listener;
    this.#clock = clock;
    this.#pauses = new Pauses(random, () => clock.monotonicMs());
    this.#goodbyes = new Goodbyes(clock);
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
    this.#goodbyes.sayTo(this.#serving?.connection);
    this.#serving = undefined;
    await this.#goodbyes.said();
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
      doubted: () => {
        this.#attempt = undefined;
        this.#goodbyes.sayTo(line.connection);
        this.#plan(0, rank);
      },
      ready: () => this.#serve(line),
      dropped: () => {
        this.dropped += 1;
      },
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
    this.#goodbyes.sayTo(before?.connection);
  }

  #lose(line: Line, error: unknown): void {
    this.#serving = undefined;
    // Brokers that share their sessions end the old connection for the new one.
    if (this.#attempt !== undefined && isTakenOver(error)) return;
    const servedMs = this.#clock.monotonicMs() - line.sinceMs;
    const rival = this.#listener.rival?.();
    line.broker.lost(error, { rival, wasSteady: wasSteady(servedMs) });
    const pauseMs = this.#pauses.afterLoss({ error, servedMs, hasRival: rival !== undefined });
    if (this.#attempt === undefined) this.#plan(pauseMs, 0);
  }

  /** After an attempt that failed: to the next broker, or, when all those have been tried that should be, after a pause. */
  #goOn({ rank, broker }: Line, error: unknown, accepted: boolean): void {
    this.#attempt = undefined;
    const step = broker.failed(error, accepted);
    const next = step === "later" ? rank + 1 : rank;
    if (step === "at once") this.#plan(0, rank);
    else if (next < (this.#serving?.rank ?? this.#brokers.length)) this.#plan(this.#pauses.nextBroker(), next);
    else
      this.#plan(this.#serving === undefined ? this.#pauses.nextRound(error, accepted) : this.#pauses.lookAgain(), 0);
  }

  #plan(ms: number, rank: number): void {
    this.#cancelPlan();
    this.#cancelPlan = this.#clock.after(ms, () => this.#try(rank));
  }
}
