import type { Log } from "../core/log.ts";
import {
  type BusSettings,
  type Connection,
  type ConnectionEvents,
  openConnection,
  type ProtocolVersion,
} from "./client.ts";
import { connectionReason, refusalCode } from "./reasons.ts";

/** "Unsupported protocol version" in MQTT 3.1.1 and in MQTT 5. */
const versionRefusals: readonly (number | undefined)[] = [1, 132];

/**
 * What to do about a broker that did not let us in: try it again without delay (it asked for an older version), try it again
 * after a moment (it hung up, which may mean the same), or leave it alone for now.
 */
export type NextStep = "at once" | "again" | "later";

/** One broker, and what was learnt of it: which version of MQTT it speaks, and what keeps us out. */
export class Broker {
  /** As the log may show it. */
  readonly url: string;
  readonly #settings: BusSettings;
  readonly #log: Log;
  #version: ProtocolVersion = 5;
  #trouble: string | undefined;

  constructor(settings: BusSettings, log: Log) {
    // A token for a WebSocket stands behind a question mark.
    this.url = settings.url.replace(/[?#].*$/s, "");
    this.#settings = settings;
    this.#log = log.child({ broker: this.url });
  }

  /** Opens a connection; undefined where not even that can be done, of which `ended` has told by then. */
  open(events: Omit<ConnectionEvents, "forbidden">): Connection | undefined {
    const forbidden = (action: string, topics: readonly string[]) =>
      this.#log.error({ action, topics }, "the broker forbids topics; allow them in its ACL");
    try {
      return openConnection(this.#settings, this.#version, { ...events, forbidden });
    } catch (error) {
      // Certificates and keys that are none are found when the connection is built.
      events.ended(error, false);
      return undefined;
    }
  }

  /** It let us in and acknowledged our subscriptions. `fields` say more, for the log. */
  connected(fields: Readonly<Record<string, string>>): void {
    this.#trouble = undefined;
    this.#log.info({ protocol: this.#version === 5 ? "MQTT 5" : "MQTT 3.1.1", ...fields }, "connected to the broker");
  }

  /** Its connection, which had served, has ended. */
  lost(error: unknown): void {
    this.#say(error, "lost the broker");
  }

  /** A connection to it did not come to be; `accepted` tells whether it had let us in. */
  failed(error: unknown, accepted: boolean): NextStep {
    const tried = this.#version;
    if (!accepted && mayBeTheVersion(error)) this.#version = tried === 5 ? 4 : 5;
    if (tried === 5 && versionRefusals.includes(refusalCode(error))) return "at once";
    this.#say(error, accepted ? "lost the broker" : "cannot connect to the broker");
    return tried === 5 && !accepted && error === undefined ? "again" : "later";
  }

  /** Says each trouble once, until it is over. */
  #say(error: unknown, what: string): void {
    const reason = connectionReason(error, this.#settings);
    if (reason === this.#trouble) return;
    this.#trouble = reason;
    this.#log.warn({ reason }, what);
  }
}

/** A broker that does not know MQTT 5 says so, or hangs up, or says nothing. Whatever has a code is another matter. */
function mayBeTheVersion(error: unknown): boolean {
  return versionRefusals.includes(refusalCode(error)) || !(error instanceof Error && "code" in error);
}
