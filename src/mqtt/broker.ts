import type { Log } from "../core/log/log.ts";
import type { Clock } from "../core/time/clock.ts";
import type { BrokerLimits } from "./broker-limits.ts";
import { BrokerNotes } from "./broker-notes.ts";
import { type Connection, type ConnectionEvents, openConnection } from "./client.ts";
import { connectionReason, isTakenOver, isWordless, refusalCode, rivalReason } from "./reasons.ts";
import { type BusSettings, type Manner, usesTls } from "./settings.ts";
import { VersionChoice } from "./version-choice.ts";

/** The events of a connection that the bus handles. */
export interface BrokerEvents extends Omit<ConnectionEvents, "letIn" | "denied" | "tooLarge"> {
  /** The broker accepted the connection, but it is to be closed, and opened again with another version of MQTT. */
  doubted(): void;
}

/**
 * What to do after a broker did not accept a connection. "at once": try again in another way, as the broker asked for. "soon": the broker
 * closed the connection, which may mean the same. "later": try again after a pause.
 */
export type NextStep = "at once" | "soon" | "later";

/** What a broker needs. */
interface BrokerPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** The codes "Retain not supported" and "QoS not supported". In a CONNACK they are about the last will. */
const noRetain = 154;
const noQos1 = 155;

/** One broker, and what is known of it: the version of MQTT, its limits, and why it does not accept us. */
export class Broker {
  /** The address as it may be logged. */
  readonly url: string;
  readonly #settings: BusSettings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #notes: BrokerNotes;
  readonly #version = new VersionChoice();
  #will: Manner["will"] = { qos: 1, retains: true };
  #trouble: string | undefined;

  constructor(settings: BusSettings, { clock, log }: BrokerPorts) {
    // A WebSocket's address may have a token after a question mark.
    this.url = settings.url.replace(/[?#].*$/s, "");
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log.child({ broker: this.url });
    this.#notes = new BrokerNotes(this.#log);
  }

  /** Opens a connection. Undefined if it cannot be opened; then `ended` has been called already. */
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
      // Certificates and keys that are not valid are found while the connection is made.
      events.ended(error, false);
      return undefined;
    }
  }

  /** The broker accepted the connection and acknowledged the subscriptions. `fields` are added to the log line. */
  connected(fields: Readonly<Record<string, string>>): void {
    const protocol = this.#version.offered === 5 ? "MQTT 5" : "MQTT 3.1.1";
    this.#log.info({ protocol, ...fields }, "connected to the broker");
  }

  /**
   * A connection that had been in use has ended. A `rival` is another machine that uses the same id. If connections end soon after each
   * other, the reason is logged once. After a steady connection it is logged again.
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

  /** A connection could not be made. `accepted` says whether the broker had accepted it before it ended. */
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

  /** Whether the broker refused the connection because of the last will, and may accept a smaller one. */
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
