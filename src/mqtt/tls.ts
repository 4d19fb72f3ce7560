import type { TlsNames } from "./certificate-reasons.ts";

/** Whom to trust, and how to prove who we are. */
export interface TlsSettings extends TlsNames {
  /** Contents of PEM files. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** False takes any certificate of a trusted CA, whatever host it is for. Default: true. */
  readonly checkServerName?: boolean | undefined;
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
