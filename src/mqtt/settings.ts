import type { BrokerLimits, ProtocolVersion } from "./broker-limits.ts";
import type { TlsNames } from "./certificate-reasons.ts";
import { largestIncoming } from "./incoming-limit.ts";

/** Where a broker is, and who we are to it. */
export interface BrokerAddress {
  /** mqtt://, mqtts://, ws:// or wss://, without user and password. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Whom to trust, and how to prove who we are. */
export interface TlsSettings extends TlsNames {
  /** Contents of PEM files. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** False takes any certificate of a trusted CA, whatever host it is for. Default: true. */
  readonly checkServerName?: boolean | undefined;
}

/** How to reach the broker, and as whom. */
export interface BusSettings extends BrokerAddress, TlsSettings {
  /** Where to turn to, in this order, while the broker cannot be reached. All other settings are for these too. */
  readonly fallbacks?: readonly BrokerAddress[] | undefined;
  readonly clientId: string;
  readonly keepaliveMs: number;
  /** What the broker says for us when we vanish: retained, QoS 1, where it allows that. */
  readonly will: { readonly topic: string; readonly payload: string };
}

/** How a broker is spoken to, as far as that was learnt of it. */
export interface Manner {
  readonly version: ProtocolVersion;
  /** What the last will is limited to. */
  readonly will: Pick<BrokerLimits, "qos" | "retains">;
}

const connectTimeoutMs = 10_000;
/** A frame of a WebSocket may hold several packets, and is gathered before it is looked at. */
const largestFrame = 4 * largestIncoming;

/** What mqtt.js is to be told. */
export function clientOptions(settings: BusSettings, { version, will: willLimits }: Manner) {
  const { clientId, username, password, keepaliveMs, will } = settings;
  const { wsOptions, ...tls } = tlsOptions(settings);
  return {
    clientId,
    protocolVersion: version,
    clean: true,
    // MqttBus opens the next connection, with growing pauses and after a refusal too.
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

/** Whether such an address is spoken to over TLS. */
export function usesTls(url: string): boolean {
  return /^(mqtts|wss):/.test(url);
}

/**
 * What Node.js needs for TLS; nothing for an address without: mqtt.js would take a certificate and a key for a wish, and speak
 * TLS to a port that has none.
 */
export function tlsOptions({ url, ca, cert, key, checkServerName = true }: TlsSettings & { readonly url: string }) {
  if (!usesTls(url)) return {};
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    // Nothing to complain of; mqtt.js does not hand the first on to a WebSocket.
    ...(!checkServerName && {
      checkServerIdentity: () => undefined,
      wsOptions: { checkServerIdentity: () => false },
    }),
  };
}
