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

/** What the bus needs. */
export interface BusPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Gives a number from 0 to 1. */
  readonly random: () => number;
}

/** A connection to the broker of this rank, from the first packet on. */
interface Line {
  readonly rank: number;
  readonly broker: Broker;
  connection: Connection | undefined;
  /** When the connection came into use, on the scale of {@link Clock.monotonicMs}. */
  sinceMs: number;
}

/**
 * The bus over MQTT. It makes one connection after the other, with growing pauses. Each connection begins with nothing, so a message that
 * was being sent when one broke is not sent late. If there are several brokers, each round begins with the first one. While another broker
 * is in use, the first one is tried beside it. It takes over after it has acknowledged the subscriptions, so that no message is missed.
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
    this.#listener.lost?.();
    // Brokers that share their sessions close the old connection because of the new one.
    if (this.#attempt !== undefined && isTakenOver(error)) return;
    const servedMs = this.#clock.monotonicMs() - line.sinceMs;
    const rival = this.#listener.rival?.();
    line.broker.lost(error, { rival, wasSteady: wasSteady(servedMs) });
    const pauseMs = this.#pauses.afterLoss({ error, servedMs, hasRival: rival !== undefined });
    if (this.#attempt === undefined) this.#plan(pauseMs, 0);
  }

  /** Goes on after a failed attempt: to the next broker, or after a pause if all were tried. */
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
