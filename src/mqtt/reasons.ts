import { errorCode } from "../core/errors.ts";
import { certificateReason, type TlsNames } from "./certificate-reasons.ts";

/** Return codes of CONNACK: 1 to 5 are MQTT 3.1.1's (section 3.2.2.3), the others MQTT 5's (section 3.2.2.2). */
const refusals: Readonly<Record<number, string>> = {
  1: "it does not speak this version of MQTT",
  132: "it does not speak this version of MQTT",
  2: "it refused the client id; choose another agent.id",
  133: "it refused the client id; choose another agent.id",
  3: "it is unavailable for now",
  136: "it is unavailable for now",
  4: "it refused the user name or password; check MQTT_USERNAME and MQTT_PASSWORD",
  134: "it refused the user name or password; check MQTT_USERNAME and MQTT_PASSWORD",
  5: "it does not let this user in; check MQTT_USERNAME and MQTT_PASSWORD",
  135: "it does not let this user in; check MQTT_USERNAME and MQTT_PASSWORD",
  138: "it has banned this client",
  142: "another client came with the same client id; give each Pi an agent.id of its own",
};

/** Codes of Node.js and OpenSSL. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused; is the broker running?",
  ENOTFOUND: "there is no host of that name; check the address",
  EAI_AGAIN: "the host's name cannot be looked up; is the network up?",
  ETIMEDOUT: "the host does not answer; is it switched on?",
  EHOSTUNREACH: "there is no way to the host; is it in this network?",
  ENETUNREACH: "there is no way to the host; is the network up?",
  ECONNRESET: "the connection was cut; does the port speak MQTT, with TLS or without as in the address?",
  EPROTO: "the port does not speak TLS; write mqtt:// instead of mqtts://, or use the TLS port (8883)",
  ERR_SSL_WRONG_VERSION_NUMBER:
    "the port does not speak TLS; write mqtt:// instead of mqtts://, or use the TLS port (8883)",
};

/** The number in a CONNACK or DISCONNECT that mqtt.js handed on, or undefined for any other error. */
export function refusalCode(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}

/**
 * Why there is no connection, as a clause for people. Never holds a password: only codes are looked at, and what stands in the
 * broker's certificate. `tls` gives the names of our own files.
 */
export function connectionReason(error: unknown, tls: TlsNames = {}): string {
  const refused = refusalCode(error);
  if (refused !== undefined) return refusals[refused] ?? `it refused the connection (code ${refused})`;
  const code = errorCode(error);
  const known = failures[code] ?? certificateReason(error, tls);
  if (known !== undefined) return `${known} (${code})`;
  if (error instanceof Error) return code === "" ? error.message : `${error.message} (${code})`;
  return "it closed the connection without a word";
}
