import type { Outgoing } from "./outgoing/waiting.ts";

/** On the wire MQTT 3.1.1 has the protocol version 4. */
export type ProtocolVersion = 4 | 5;

/** The limits of a broker, from its CONNACK (MQTT 5, section 3.2.2.3). MQTT 3.1.1 tells no limits; then defaults are used. */
export interface BrokerLimits {
  /** How many messages may be sent without acknowledgement. */
  readonly receiveMaximum: number;
  /** The largest packet, in bytes. */
  readonly packetSize: number;
  /** The QoS with which messages are published. */
  readonly qos: 0 | 1;
  /** Whether it keeps retained messages. */
  readonly retains: boolean;
}

/** The parts of a CONNACK that are read, by mqtt.js's names. */
interface Connack {
  readonly properties?:
    | {
        readonly receiveMaximum?: number;
        readonly maximumPacketSize?: number;
        readonly maximumQoS?: number;
        readonly retainAvailable?: boolean;
      }
    | undefined;
}

/** How many messages may be sent without acknowledgement if the broker sets no Receive Maximum. */
const mostUnderWay = 1_000;

/** Reads the limits from a CONNACK. */
export function limitsOf({ properties = {} }: Connack): BrokerLimits {
  return {
    receiveMaximum: Math.min(properties.receiveMaximum ?? mostUnderWay, mostUnderWay),
    packetSize: properties.maximumPacketSize ?? Number.POSITIVE_INFINITY,
    qos: properties.maximumQoS === 0 ? 0 : 1,
    retains: properties.retainAvailable !== false,
  };
}

/** The size in bytes of a PUBLISH at QoS 1 (section 3.3 of either version). */
export function publishSize({ topic, payload, correlation }: Outgoing, version: ProtocolVersion): number {
  const properties = correlation === undefined ? 0 : 3 + correlation.length;
  const inMqtt5 = version === 5 ? bytesOfLength(properties) + properties : 0;
  return whole(2 + Buffer.byteLength(topic) + 2 + inMqtt5 + Buffer.byteLength(payload));
}

/** The size in bytes of a SUBSCRIBE for these topics in MQTT 5 (section 3.8). In MQTT 3.1.1 it is one byte less. */
export function subscribeSize(topics: readonly string[]): number {
  return whole(3 + topics.reduce((sum, topic) => sum + 3 + Buffer.byteLength(topic), 0));
}

/** The size of a whole packet, with its fixed header. */
function whole(remainingLength: number): number {
  return 1 + bytesOfLength(remainingLength) + remainingLength;
}

/** The size of a variable byte integer (MQTT 5, section 1.5.5). */
function bytesOfLength(value: number): number {
  return [2 ** 7, 2 ** 14, 2 ** 21].filter((limit) => value >= limit).length + 1;
}
