import type { BrokerLimits } from "../broker-limits.ts";
import { type ProtocolVersion, publishSize } from "../broker-limits.ts";
import { refusalCode } from "../reasons.ts";
import { Outbox } from "./outbox.ts";
import type { Turn } from "./turn.ts";
import type { Outgoing } from "./waiting.ts";

/** The part of mqtt.js that is used. It calls back with an error if the broker did not accept the message. */
interface Sender {
  publish(topic: string, payload: string, options: PublishAs, callback: (error?: unknown) => void): unknown;
}

type PublishAs = {
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly properties?: { readonly correlationData: Buffer };
};

/** Topics to which the agent may not publish or subscribe. */
export interface Denied {
  readonly action: "publish" | "subscribe";
  readonly topics: readonly string[];
  /** Whether it is the topic of an answer, which the sender of the command chose. */
  readonly isAnswers?: boolean;
}

/** The events for messages that the broker does not accept. */
export interface PublisherEvents {
  /** The broker does not accept these topics; `code` says why. */
  denied(what: Denied, code: number): void;
  /** The message is too large for the broker. `bytes` is the size of its packet. */
  tooLarge(message: Outgoing, bytes: number): void;
  /** A message was dropped because too many wait. */
  dropped(): void;
}

/** The code "Packet too large". Mosquitto uses it for a message above its `message_size_limit`. */
const packetTooLarge = 149;

/** Publishes over one connection, within the limits of its broker. */
export class Publisher {
  readonly #outbox: Outbox;
  readonly #limits: BrokerLimits;
  readonly #version: ProtocolVersion;
  readonly #events: PublisherEvents;
  readonly #retained: PublishAs;
  readonly #passing: PublishAs;

  constructor(client: Sender, turn: Turn, version: ProtocolVersion, limits: BrokerLimits, events: PublisherEvents) {
    this.#limits = limits;
    this.#version = version;
    this.#events = events;
    this.#retained = { qos: limits.qos, retain: true };
    this.#passing = { qos: limits.qos, retain: false };
    this.#outbox = new Outbox({
      limit: limits.receiveMaximum,
      atEndOfTurn: (task) => turn.atEnd(task),
      onDrop: () => events.dropped(),
      send: (message, done) => {
        client.publish(message.topic, message.payload, this.#optionsOf(message), (error) => {
          const code = refusalCode(error);
          if (code !== undefined) this.#refused(message, code);
          done();
        });
      },
    });
  }

  /** Sends at QoS 1, or at QoS 0 if the broker allows no other. */
  publish(message: Outgoing): void {
    const isSmall = this.#limits.packetSize === Number.POSITIVE_INFINITY;
    const bytes = isSmall ? 0 : publishSize(message, this.#version);
    if (bytes > this.#limits.packetSize) this.#events.tooLarge(message, bytes);
    else this.#outbox.push(message);
  }

  /** How many messages the broker has not acknowledged yet. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Resolves when the broker has acknowledged everything. */
  empty(): Promise<void> {
    return this.#outbox.empty();
  }

  /** Drops what waits, because the connection is over. */
  clear(): void {
    this.#outbox.clear();
  }

  #optionsOf({ retain = true, correlation }: Outgoing): PublishAs {
    const options = retain && this.#limits.retains ? this.#retained : this.#passing;
    if (correlation === undefined || this.#version !== 5) return options;
    return { ...options, properties: { correlationData: Buffer.from(correlation) } };
  }

  #refused(message: Outgoing, code: number): void {
    if (code === packetTooLarge) this.#events.tooLarge(message, publishSize(message, this.#version));
    else this.#events.denied({ action: "publish", topics: [message.topic], isAnswers: message.retain === false }, code);
  }
}
