import type { BrokerLimits, ProtocolVersion } from "./broker-limits.ts";
import type { TlsNames } from "./certificate-reasons.ts";
import { largestIncoming } from "./incoming-limit.ts";

/** The address of a broker, and the user and password for it. */
export interface BrokerAddress {
  /** mqtt://, mqtts://, ws:// or wss://, without user and password. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Which certificates to trust, and the certificate of this agent. */
export interface TlsSettings extends TlsNames {
  /** The contents of PEM files. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** False accepts every certificate of a trusted CA, whatever its host name is. Default: true. */
  readonly checkServerName?: boolean | undefined;
}

/** How to connect to the broker. */
export interface BusSettings extends BrokerAddress, TlsSettings {
  /** The brokers to use, in this order, while the first one cannot be reached. The other settings hold for them too. */
  readonly fallbacks?: readonly BrokerAddress[] | undefined;
  readonly clientId: string;
  readonly keepaliveMs: number;
  /** The last will: what the broker publishes if the connection breaks. It is retained and at QoS 1 if the broker allows that. */
  readonly will: { readonly topic: string; readonly payload: string };
}

/** How to talk to a broker, as far as it is known. */
export interface Manner {
  readonly version: ProtocolVersion;
  /** The limits for the last will. */
  readonly will: Pick<BrokerLimits, "qos" | "retains">;
}

const connectTimeoutMs = 10_000;
/** The largest frame of a WebSocket. A frame may contain several packets and is collected before it is checked. */
const largestFrame = 4 * largestIncoming;

/** The options for mqtt.js. */
export function clientOptions(settings: BusSettings, { version, will: willLimits }: Manner) {
  const { clientId, username, password, keepaliveMs, will } = settings;
  const { wsOptions, ...tls } = tlsOptions(settings);
  return {
    clientId,
    protocolVersion: version,
    clean: true,
    // MqttBus itself opens the next connection, with growing pauses, also after a refusal.
    reconnectPeriod: 0,
    connectTimeout: connectTimeoutMs,
    keepalive: Math.round(keepaliveMs / 1000),
    queueQoSZero: false,
    will: {
      topic: will.topic,
      payload: Buffer.from(will.payload),
      qos: willLimits.qos,
      retain: willLimits.retains,
    },
    ...(version === 5 && { properties: { maximumPacketSize: largestIncoming } }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    wsOptions: { maxPayload: largestFrame, ...wsOptions },
    ...tls,
  };
}

/** Whether connections to this address use TLS. */
export function usesTls(url: string): boolean {
  return /^(mqtts|wss):/.test(url);
}

/** The options of Node.js for TLS. Empty for an address without TLS: if mqtt.js got a certificate and a key, it would use TLS anyway. */
export function tlsOptions({ url, ca, cert, key, checkServerName = true }: TlsSettings & { readonly url: string }) {
  if (!usesTls(url)) return {};
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    // undefined means that nothing is wrong. mqtt.js does not pass on the first option to a WebSocket.
    ...(!checkServerName && {
      checkServerIdentity: () => undefined,
      wsOptions: { checkServerIdentity: () => false },
    }),
  };
}
