import type { BrokerLimits } from "../broker-limits.ts";
import { type ProtocolVersion, publishSize } from "../broker-limits.ts";
import { refusalCode } from "../reasons.ts";
import { Outbox } from "./outbox.ts";
import type { Turn } from "./turn.ts";
import type { Outgoing } from "./waiting.ts";

/** What it takes of mqtt.js: calls back with an error where the broker has not taken the message. */
interface Sender {
  publish(topic: string, payload: string, options: PublishAs, callback: (error?: unknown) => void): unknown;
}

type PublishAs = {
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly properties?: { readonly correlationData: Buffer };
};

/** Topics of which a broker does not take messages, or which it does not let us hear. */
export interface Denied {
  readonly action: "publish" | "subscribe";
  readonly topics: readonly string[];
  /** The topic of an answer, which its asker has chosen. */
  readonly isAnswers?: boolean;
}

/** What becomes of messages that are not taken. */
export interface PublisherEvents {
  /** The broker does not take these topics, for the reason of that code. */
  denied(what: Denied, code: number): void;
  /** The message, so many bytes as a packet, is too large for the broker. */
  tooLarge(message: Outgoing, bytes: number): void;
  /** A message was given up, because too many wait. */
  dropped(): void;
}

/** "Packet too large"; Mosquitto says so of a message above its `message_size_limit`. */
const packetTooLarge = 149;

/** Publishes over one connection, within the limits of its broker. */
export class Publisher {
  readonly #outbox: Outbox;
  readonly #limits: BrokerLimits;
  readonly #version: ProtocolVersion;
  readonly #events: PublisherEvents;

  constructor(client: Sender, turn: Turn, version: ProtocolVersion, limits: BrokerLimits, events: PublisherEvents) {
    this.#limits = limits;
    this.#version = version;
    this.#events = events;
    this.#outbox = new Outbox({
      limit: limits.receiveMaximum,
      atEndOfTurn: (task) => turn.atEnd(task),
      onDrop: () => events.dropped(),
      send: (message, done) => {
        turn.begin();
        client.publish(message.topic, message.payload, this.#optionsOf(message), (error) => {
          const code = refusalCode(error);
          if (code !== undefined) this.#refused(message, code);
          done();
        });
      },
    });
  }

  /** Sends at QoS 1, where the broker allows it. */
  publish(message: Outgoing): void {
    const isSmall = this.#limits.packetSize === Number.POSITIVE_INFINITY;
    const bytes = isSmall ? 0 : publishSize(message, this.#version);
    if (bytes > this.#limits.packetSize) this.#events.tooLarge(message, bytes);
    else this.#outbox.push(message);
  }

  /** How many messages are not with the broker yet. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Resolves once everything is with the broker. */
  empty(): Promise<void> {
    return this.#outbox.empty();
  }

  /** Gives up what waits: the connection is over. */
  clear(): void {
    this.#outbox.clear();
  }

  #optionsOf({ retain = true, correlation }: Outgoing): PublishAs {
    return {
      qos: this.#limits.qos,
      retain: retain && this.#limits.retains,
      ...(correlation && this.#version === 5 && { properties: { correlationData: Buffer.from(correlation) } }),
    };
  }

  #refused(message: Outgoing, code: number): void {
    if (code === packetTooLarge) this.#events.tooLarge(message, publishSize(message, this.#version));
    else this.#events.denied({ action: "publish", topics: [message.topic], isAnswers: message.retain === false }, code);
  }
}
