import type { IPublishPacket } from "mqtt";
import { UserError } from "../core/errors.ts";
import type { BusListener, BusMessage, PublishOptions } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import { type BrokerLimits, limitsOf } from "./broker-limits.ts";
import { connect } from "./connect.ts";
import { IncomingLimit } from "./incoming-limit.ts";
import { Publisher, type PublisherEvents } from "./outgoing/publisher.ts";
import { Turn } from "./outgoing/turn.ts";
import { preparePackets } from "./packets.ts";
import { type BusSettings, clientOptions, type Manner } from "./settings.ts";
import { subscribe } from "./subscribe.ts";

/** The events of one connection. */
export interface ConnectionEvents extends PublisherEvents, Pick<BusListener, "topics" | "news" | "kept" | "message"> {
  /** The broker accepted the connection, with these limits. Return false to close the connection without using it. */
  letIn(limits: BrokerLimits): boolean;
  /** The broker has acknowledged the subscriptions. Messages can be published from now on. */
  ready(): void;
  /** The connection ended or could not be made. `accepted` says whether the broker had accepted it. Called once. */
  ended(error: unknown, accepted: boolean): void;
}

/** One connection, from its first packet to its end. */
export interface Connection {
  /** Sends at QoS 1, or at QoS 0 if the broker allows no other. Call it only after {@link ConnectionEvents.ready}. */
  publish(topic: string, payload: string, options: PublishOptions): void;
  /** How many messages the broker has not acknowledged yet. */
  readonly waiting: number;
  /** Waits until everything is sent, and disconnects. */
  leave(): Promise<void>;
  /** Closes the connection at once. {@link ConnectionEvents.ended} is not called. */
  cut(): void;
}

/** How long a broker may take to acknowledge the subscriptions. Without that it is of no use. */
const subscribeTimeoutMs = 10_000;
const notAcknowledged = (what: string) =>
  new UserError(`it let us in, and ${what} the subscriptions`, { hint: "the broker's log may tell more" });

preparePackets();

/** Opens one connection through mqtt.js, with a clean start: messages that the broker stored while the agent was away are not received. */
export function openConnection(
  settings: BusSettings,
  manner: Manner,
  events: ConnectionEvents,
  clock: Clock,
): Connection {
  const client = connect(settings.url, clientOptions(settings, manner));
  const turn = new Turn(client.stream);
  const incoming = new IncomingLimit();
  let stage: "asking" | "let in" | "ready" | "over" = "asking";
  let accepted = false;
  let error: unknown;
  let publisher: Publisher | undefined;
  let cancelLimit: Cancel = () => {};

  // After an error in what it receives, mqtt.js goes on waiting. A connection that has ended must get no more bytes.
  const end = (cause?: unknown) => {
    if (stage === "over") return;
    if (stage !== "let in" || !isOnlyClosed(cause)) error ??= cause;
    finish();
    client.end(true);
  };
  const finish = () => {
    if (stage === "let in") error ??= notAcknowledged("hung up instead of acknowledging");
    stage = "over";
    cancelLimit();
    publisher?.clear();
  };
  const onClose = () => {
    finish();
    events.ended(error, accepted);
  };
  client.once("close", onClose);
  client.on("error", end);
  client.on("disconnect", ({ reasonCode }) => {
    end(Object.assign(new Error("the broker disconnected us"), { code: reasonCode }));
  });
  // This comes before mqtt.js's own listener, which collects whole packets.
  client.stream.prependListener("data", (chunk: Uint8Array) => {
    try {
      if (stage === "over") return;
      incoming.check(chunk);
      turn.received();
    } catch (cause) {
      end(cause);
    }
  });
  client.on("message", (topic, payload, packet) => {
    if (stage === "over") return;
    const { properties } = packet;
    const expiresInMs = expiryOf(properties);
    events.message({ topic, payload, retained: packet.retain, expiresInMs, answerTo: answerTo(properties) });
  });
  client.on("connect", (connack) => {
    if (stage === "over") return;
    accepted = true;
    // Without this the kernel holds back small packets: a round trip at QoS 1 takes 44 ms instead of 0.3 ms.
    if ("setNoDelay" in client.stream) (client.stream as { setNoDelay(on: boolean): void }).setNoDelay(true);
    const limits = limitsOf(connack);
    if (!events.letIn(limits)) return;
    stage = "let in";
    publisher = new Publisher(client, turn, manner.version, limits, events);
    cancelLimit = clock.after(subscribeTimeoutMs, () => end(notAcknowledged("does not acknowledge")));
    subscribe(client, limits.packetSize, events).then(() => {
      if (stage !== "let in") return;
      stage = "ready";
      cancelLimit();
      events.ready();
    }, end);
  });

  return {
    publish(topic, payload, options) {
      if (stage === "ready") publisher?.publish({ topic, payload, ...options });
    },
    get waiting() {
      return publisher?.waiting ?? 0;
    },
    async leave() {
      await publisher?.empty();
      await client.endAsync();
    },
    cut() {
      client.off("close", onClose);
      end();
    },
  };
}

/** Whether this is mqtt.js's error for requests that were open when the connection ended. It does not say why the connection ended. */
function isOnlyClosed(cause: unknown): boolean {
  return cause instanceof Error && cause.message === "Connection closed";
}

/** What is left of a message's expiry (MQTT 5, section 3.3.2.3.3). */
function expiryOf(properties: IPublishPacket["properties"]): BusMessage["expiresInMs"] {
  const seconds = properties?.messageExpiryInterval;
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** Where the sender of a message wants the answer (MQTT 5). */
function answerTo(properties: IPublishPacket["properties"]): BusMessage["answerTo"] {
  const { responseTopic, correlationData } = properties ?? {};
  if (responseTopic === undefined && correlationData === undefined) return undefined;
  return { topic: responseTopic, correlation: correlationData };
}
