import { errorCode } from "../core/errors.ts";

/** The names of the PEM files, for messages. */
export interface TlsNames {
  readonly pemNames?: { readonly ca?: string | undefined; readonly cert?: string | undefined } | undefined;
}

const untrusted = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_SIGNATURE_FAILURE",
];

/** OpenSSL's names for the alerts with which a broker refuses the certificate of this agent. */
const turnedDown =
  /_ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|DECRYPT_ERROR|ACCESS_DENIED)$/;

/** What is wrong with a certificate, and with whose. Undefined for every other error. */
export function certificateReason(error: unknown, { pemNames = {} }: TlsNames): string | undefined {
  const code = errorCode(error);
  const called = (setting: "ca" | "cert") => (pemNames[setting] === undefined ? "" : `"${pemNames[setting]}"`);
  if (untrusted.includes(code)) {
    const now = called("ca") && ` (now ${called("ca")}, of broker.ca)`;
    return `its certificate is not signed by a CA that is trusted here; set MQTT_CA to the file of its CA${now}`;
  }
  if (code === "CERT_HAS_EXPIRED")
    return `its certificate${called("ca") && ` or that of the CA in ${called("ca")} (broker.ca)`} has expired; renew it, or set the clock of this machine`;
  if (code === "CERT_NOT_YET_VALID") return "its certificate is not valid yet; set the clock of this machine";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `its certificate is for another host name; use the name that the certificate has${namesOf(error)} in broker.url`;
  if (code.endsWith("_ALERT_CERTIFICATE_REQUIRED"))
    return "it wants a certificate of this agent; set broker.cert and broker.key, or MQTT_CERT and MQTT_KEY";
  if (turnedDown.test(code))
    return `it does not accept the certificate of this agent; check ${called("cert") || "the file"} of broker.cert or MQTT_CERT`;
  if (code.startsWith("ERR_OSSL"))
    return "broker.ca, broker.cert or broker.key (MQTT_CA, MQTT_CERT, MQTT_KEY) names a file that OpenSSL does not take";
  return undefined;
}

/** The names in the certificate, which Node.js adds to the error. */
function namesOf(error: unknown): string {
  const { cert } = error as { cert?: { subjectaltname?: unknown } };
  const names = typeof cert?.subjectaltname === "string" ? cert.subjectaltname.split(", ").slice(0, 5) : [];
  return names.length === 0 ? "" : ` (${names.map((name) => name.replace(/^[^:]*:/, "")).join(", ")})`;
}
