import type { Outgoing } from "./outgoing/waiting.ts";

/** MQTT 3.1.1 is protocol version 4 on the wire. */
export type ProtocolVersion = 4 | 5;

/** What a broker takes, as its CONNACK tells (MQTT 5, section 3.2.2.3). MQTT 3.1.1 tells nothing. */
export interface BrokerLimits {
  /** Messages under way at once. */
  readonly receiveMaximum: number;
  /** Bytes of a whole packet. */
  readonly packetSize: number;
  /** Messages are published at this QoS. */
  readonly qos: 0 | 1;
  /** Whether it keeps messages for whoever comes later. */
  readonly retains: boolean;
}

/** What is read of a CONNACK, in the words of mqtt.js. */
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

/** Messages under way at once, where the broker names no Receive Maximum. */
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

/** Bytes that a PUBLISH takes at QoS 1, as section 3.3 of either version has it. */
export function publishSize({ topic, payload, correlation }: Outgoing, version: ProtocolVersion): number {
  const properties = correlation === undefined ? 0 : 3 + correlation.length;
  const inMqtt5 = version === 5 ? bytesOfLength(properties) + properties : 0;
  return whole(2 + Buffer.byteLength(topic) + 2 + inMqtt5 + Buffer.byteLength(payload));
}

/** Bytes that a SUBSCRIBE for these topics takes in MQTT 5 (section 3.8); in MQTT 3.1.1 it is one less. */
export function subscribeSize(topics: readonly string[]): number {
  return whole(3 + topics.reduce((sum, topic) => sum + 3 + Buffer.byteLength(topic), 0));
}

/** With the fixed header. */
function whole(remainingLength: number): number {
  return 1 + bytesOfLength(remainingLength) + remainingLength;
}

/** Bytes of a variable byte integer (MQTT 5, section 1.5.5). */
function bytesOfLength(value: number): number {
  return [2 ** 7, 2 ** 14, 2 ** 21].filter((limit) => value >= limit).length + 1;
}
