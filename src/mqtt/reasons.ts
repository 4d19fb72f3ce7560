import { errorCode, explain, UserError } from "../core/errors.ts";
import { cleanText } from "../core/text/clean-text.ts";
import { certificateReason, type TlsNames } from "./certificate-reasons.ts";
import { frameTooLarge } from "./incoming-limit.ts";
import { connectionCodes } from "./reason-codes.ts";

/** Sentences for the error codes of Node.js and OpenSSL. */
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
  [frameTooLarge]:
    "it sent more at once than is received; find out who sends such large messages to the agent's topics",
};

/** Sentences for mqtt.js's own errors. */
const messages: Readonly<Record<string, string>> = {
  "connack timeout": "it does not answer; is it frozen, or is this the port of something else?",
  "Keepalive timeout": "it no longer answers; check the network and the broker",
};

/** "Session taken over". */
const takenOver = 142;

/** The code of a CONNACK or DISCONNECT. Undefined for every other error. */
export function refusalCode(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}

/** Whether the broker closed a connection because another client came with the same client id. */
export function isTakenOver(error: unknown): boolean {
  return refusalCode(error) === takenOver;
}

/** Whether a connection was closed without a reason. Over MQTT 3.1.1 that may mean that another client came, or many other things. */
export function isWordless(error: unknown): boolean {
  return error === undefined || errorCode(error) === "ECONNRESET";
}

/**
 * Why there is no connection, as a clause for people. It never contains a password, because it is made of codes and of what is in the
 * broker's certificate. `tls` has the names of our own files.
 */
export function connectionReason(error: unknown, tls: TlsNames = {}): string {
  const refused = refusalCode(error);
  if (refused !== undefined) return connectionCodes[refused] ?? `it refused the connection (code ${refused})`;
  const code = errorCode(error);
  const known = failures[code] ?? certificateReason(error, tls);
  if (known !== undefined) return `${known} (${code})`;
  if (error instanceof UserError) return explain(error);
  if (error instanceof Error && code === "")
    return messages[error.message] ?? `it cannot be understood (${error.message}); the broker's log may tell more`;
  if (error instanceof Error) return `${error.message} (${code})`;
  return "it closed the connection without a word";
}

/** Why a connection that was in use has ended, if the machine `rival` is known to use the same id. */
export function rivalReason(error: unknown, rival: string): string {
  const who = `most likely ${cleanText(rival)}; give each agent an agent.id of its own`;
  return isTakenOver(error)
    ? `another client came with the same client id, ${who}`
    : `it closed the connection without a word, as when another client comes with the same client id, ${who}`;
}
