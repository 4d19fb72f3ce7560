import { connect, type IClientOptions, type IPublishPacket } from "mqtt";
import { writeToStream } from "mqtt-packet";
import type { BusListener, BusMessage, PublishOptions } from "../core/bus.ts";
import { Outbox } from "./outbox.ts";
import { refusalCode } from "./reasons.ts";
import { subscribe } from "./subscribe.ts";
import { type TlsSettings, tlsOptions } from "./tls.ts";

/** Where a broker is, and who we are to it. */
export interface BrokerAddress {
  /** mqtt://, mqtts://, ws:// or wss://, without user and password. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** How to reach the broker, and as whom. */
export interface BusSettings extends BrokerAddress, TlsSettings {
  /** Where to turn to, in this order, while the broker cannot be reached. All other settings are for these too. */
  readonly fallbacks?: readonly BrokerAddress[] | undefined;
  readonly clientId: string;
  readonly keepaliveMs: number;
  /** What the broker says for us when we vanish: retained, QoS 1. */
  readonly will: { readonly topic: string; readonly payload: string };
}

/** MQTT 3.1.1 is protocol version 4 on the wire. */
export type ProtocolVersion = 4 | 5;

/** What becomes of one connection. */
export interface ConnectionEvents extends Pick<BusListener, "topics" | "news" | "kept" | "message"> {
  /** The broker has acknowledged the subscriptions: publishing makes sense from now on. */
  ready(): void;
  /** The broker's access rules forbid these topics. */
  forbidden(action: "publish" | "subscribe", topics: readonly string[]): void;
  /** The connection ended, or never came to be; `accepted` tells whether the broker had let us in. Called once. */
  ended(error: unknown, accepted: boolean): void;
}

/** One connection, from its first packet to its end. */
export interface Connection {
  /** Sends at QoS 1. Only after {@link ConnectionEvents.ready}. */
  publish(topic: string, payload: string, options: PublishOptions): void;
  /** How many messages are not with the broker yet. */
  readonly waiting: number;
  /** Waits until all is sent, and says goodbye. */
  leave(): Promise<void>;
  /** Ends at once and without {@link ConnectionEvents.ended}. */
  cut(): void;
}

const connectTimeoutMs = 10_000;
/** A broker that lets us in and never acknowledges the subscriptions serves nobody. */
const subscribeTimeoutMs = 10_000;
/** Messages under way at once, where the broker names no Receive Maximum. */
const mostUnderWay = 1_000;

/** A message on its way to the broker. */
interface Outgoing extends PublishOptions {
  readonly topic: string;
  readonly payload: string;
}

// Else every number from 0 to 65,535 is made a buffer at the first packet, which on a Pi Zero is felt, in time and in memory.
writeToStream.cacheNumbers = false;

/** Opens one connection through mqtt.js, with a clean start: nothing that was queued for us while we were away is heard. */
export function openConnection(settings: BusSettings, version: ProtocolVersion, events: ConnectionEvents): Connection {
  const client = connect(settings.url, clientOptions(settings, version));
  let error: unknown;
  let accepted = false;
  const forbidden = new Set<string>();
  let outbox = new Outbox<Outgoing>(send, mostUnderWay);

  client.on("error", (cause) => {
    error = cause;
  });
  client.on("disconnect", ({ reasonCode }) => {
    error = Object.assign(new Error("the broker disconnected us"), { code: reasonCode });
  });
  client.on("message", (topic, payload, packet) => {
    events.message({ topic, payload, retained: packet.retain, answerTo: answerTo(packet.properties) });
  });
  client.on("connect", ({ properties }) => {
    accepted = true;
    // Without it the kernel holds back small packets: 44 ms for a QoS 1 round trip instead of 0.3.
    if ("setNoDelay" in client.stream) (client.stream as { setNoDelay(on: boolean): void }).setNoDelay(true);
    outbox = new Outbox(send, Math.min(properties?.receiveMaximum ?? mostUnderWay, mostUnderWay));
    const giveUp = (cause: unknown) => {
      error = cause;
      client.end(true);
    };
    const limit = setTimeout(giveUp, subscribeTimeoutMs, new Error("it does not acknowledge the subscriptions"));
    client.once("close", () => clearTimeout(limit));
    subscribe(client, events)
      .then(() => client.connected && events.ready(), giveUp)
      .finally(() => clearTimeout(limit));
  });
  const onClose = () => events.ended(error, accepted);
  client.once("close", onClose);

  function send({ topic, payload, retain = true, correlation }: Outgoing, done: () => void): void {
    const properties = correlation && version === 5 && { correlationData: Buffer.from(correlation) };
    client.publish(topic, payload, { qos: 1, retain, ...(properties && { properties }) }, (cause) => {
      // Where answers are forbidden this is said of the first: their topics are others' to choose, without end.
      const what = retain ? topic : "an answer";
      if (refusalCode(cause) !== undefined && !forbidden.has(what)) {
        forbidden.add(what);
        events.forbidden("publish", [topic]);
      }
      done();
    });
  }

  return {
    publish: (topic, payload, options) => outbox.push({ topic, payload, ...options }),
    get waiting() {
      return outbox.size;
    },
    async leave() {
      await outbox.empty();
      await client.endAsync();
    },
    cut() {
      client.off("close", onClose);
      client.end(true);
    },
  };
}

/** Where the sender of a message wants its answer, in MQTT 5. */
function answerTo(properties: IPublishPacket["properties"]): BusMessage["answerTo"] {
  const { responseTopic, correlationData } = properties ?? {};
  if (responseTopic === undefined && correlationData === undefined) return undefined;
  return { topic: responseTopic, correlation: correlationData };
}

function clientOptions(settings: BusSettings, protocolVersion: ProtocolVersion): IClientOptions {
  const { clientId, username, password, keepaliveMs, will } = settings;
  return {
    clientId,
    protocolVersion,
    clean: true,
    // MqttBus opens the next connection, with growing pauses and after a refusal too.
    reconnectPeriod: 0,
    connectTimeout: connectTimeoutMs,
    keepalive: Math.round(keepaliveMs / 1000),
    queueQoSZero: false,
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...tlsOptions(settings),
  };
}
