import type { Log } from "../core/log/log.ts";
import type { Clock } from "../core/time/clock.ts";
import type { BrokerLimits } from "./broker-limits.ts";
import { BrokerNotes } from "./broker-notes.ts";
import { type Connection, type ConnectionEvents, openConnection } from "./client.ts";
import { connectionReason, isTakenOver, isWordless, refusalCode, rivalReason } from "./reasons.ts";
import { type BusSettings, type Manner, usesTls } from "./settings.ts";
import { VersionChoice } from "./version-choice.ts";

/** What a bus wants to know of a connection. */
export interface BrokerEvents extends Omit<ConnectionEvents, "letIn" | "denied" | "tooLarge"> {
  /** The broker lets us in, but is to be left, and asked again in another version of MQTT. */
  doubted(): void;
}

/**
 * What to do about a broker that did not let us in: try it again at once (it asked to be spoken to in another way), or soon (it hung up,
 * which may mean the same), or leave it alone for now.
 */
export type NextStep = "at once" | "soon" | "later";

/** What a broker needs of its surroundings. */
interface BrokerPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** "Retain not supported" and "QoS not supported": in a CONNACK they are about the last will. */
const noRetain = 154;
const noQos1 = 155;

/** One broker, and what was learnt of it: how it is spoken to, and what keeps us out. */
export class Broker {
  /** As the log may show it. */
  readonly url: string;
  readonly #settings: BusSettings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #notes: BrokerNotes;
  readonly #version = new VersionChoice();
  #will: Manner["will"] = { qos: 1, retains: true };
  #trouble: string | undefined;

  constructor(settings: BusSettings, { clock, log }: BrokerPorts) {
    // A token for a WebSocket stands behind a question mark.
    this.url = settings.url.replace(/[?#].*$/s, "");
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log.child({ broker: this.url });
    this.#notes = new BrokerNotes(this.#log);
  }

  /** Opens a connection; undefined where not even that can be done, of which `ended` has told by then. */
  open({ doubted, ...events }: BrokerEvents): Connection | undefined {
    const version = this.#version.offered;
    const own: Pick<ConnectionEvents, "letIn" | "denied" | "tooLarge"> = {
      letIn: (limits) => {
        if (this.#letIn(limits)) return true;
        doubted();
        return false;
      },
      denied: (what, code) => this.#notes.denied(what, code, version),
      tooLarge: (message, bytes) => {
        this.#notes.tooLarge(message, bytes);
        message.tooLarge?.();
      },
    };
    try {
      return openConnection(this.#settings, { version, will: this.#will }, { ...events, ...own }, this.#clock);
    } catch (error) {
      // Certificates and keys that are none are found when the connection is built.
      events.ended(error, false);
      return undefined;
    }
  }

  /** It let us in and acknowledged our subscriptions. `fields` say more, for the log. */
  connected(fields: Readonly<Record<string, string>>): void {
    const protocol = this.#version.offered === 5 ? "MQTT 5" : "MQTT 3.1.1";
    this.#log.info({ protocol, ...fields }, "connected to the broker");
  }

  /**
   * Its connection, which had served, has ended. A `rival` is a machine that comes with the same id. What ends one connection soon after
   * the other is said once; after one that was steady it is news.
   */
  lost(
    error: unknown,
    { rival, wasSteady }: { readonly rival: string | undefined; readonly wasSteady: boolean },
  ): void {
    this.#version.ended();
    if (wasSteady) this.#trouble = undefined;
    const isRivals = rival !== undefined && (isTakenOver(error) || isWordless(error));
    this.#say(isRivals ? rivalReason(error, rival) : this.#reason(error), "lost the broker");
  }

  /** A connection to it did not come to be; `accepted` tells whether it had let us in. */
  failed(error: unknown, accepted: boolean): NextStep {
    if (accepted) this.#version.ended();
    const step = accepted ? "later" : this.#version.refused(error);
    if (step === "at once" || (!accepted && this.#willWasTooMuch(error))) return "at once";
    this.#say(this.#reason(error), accepted ? "lost the broker" : "cannot connect to the broker");
    return step;
  }

  #letIn(limits: BrokerLimits): boolean {
    const { offered } = this.#version;
    if (!this.#version.letIn()) return false;
    this.#will = limits;
    this.#notes.letIn(offered, limits);
    return true;
  }

  /** Whether the broker refused us because of our last will, and would take a smaller one. */
  #willWasTooMuch(error: unknown): boolean {
    const code = refusalCode(error);
    const { qos, retains } = this.#will;
    if (code === noRetain && retains) this.#will = { qos, retains: false };
    else if (code === noQos1 && qos === 1) this.#will = { qos: 0, retains };
    else return false;
    return true;
  }

  #reason(error: unknown): string {
    return connectionReason(error, this.#settings);
  }

  #say(reason: string, what: string): void {
    if (reason === this.#trouble) return;
    this.#trouble = reason;
    this.#log.warn({ reason }, what);
  }
}

/** The brokers of the settings, in the order in which they are tried. */
export function brokersOf(settings: BusSettings, ports: BrokerPorts): readonly Broker[] {
  const brokers = [settings, ...(settings.fallbacks ?? [])].map((one) => new Broker({ ...settings, ...one }, ports));
  if (settings.checkServerName === false && brokers.some(({ url }) => usesTls(url)))
    ports.log.warn({ setting: "broker.check_server_name" }, "the broker's name is not checked: another may pose as it");
  return brokers;
}
