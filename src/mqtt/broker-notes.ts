import type { Log } from "../core/log/log.ts";
import type { BrokerLimits, ProtocolVersion } from "./broker-limits.ts";
import type { Denied } from "./outgoing/publisher.ts";
import type { Outgoing } from "./outgoing/waiting.ts";
import { topicCodes } from "./reason-codes.ts";

/** The code "Not authorized", and "failure", the only code for a subscription in MQTT 3.1.1. */
const notAuthorized = 135;
const failure = 128;

/** Logs what a broker does not do for this agent. Each fact is logged once, however often the agent connects, until it has changed. */
export class BrokerNotes {
  readonly #log: Log;
  readonly #told = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** The broker accepted the connection, with this version and these limits. */
  letIn(version: ProtocolVersion, { qos, retains }: BrokerLimits): void {
    this.#note("protocol", version === 4, () =>
      this.#log.warn(
        { protocol: "MQTT 3.1.1" },
        "the broker does not speak MQTT 5: new commands published with retain look like any others, and response topics get no answers",
      ),
    );
    this.#note("retain", !retains, () =>
      this.#log.warn(
        {},
        "the broker keeps no retained messages, so a client that connects later sees no state; allow retained messages there",
      ),
    );
    this.#note("qos", qos === 0, () =>
      this.#log.warn({}, "the broker does not accept QoS 1, so a state may get lost; allow QoS 1 there"),
    );
  }

  /** The broker does not accept these topics; `code` says why. */
  denied({ action, topics, isAnswers = false }: Denied, code: number, version: ProtocolVersion): void {
    // Denied answers are logged once and not for each topic: their topics are chosen by the senders, who may choose new ones for ever.
    const what = isAnswers ? "an answer" : topics.join("\n");
    const isRule = code === notAuthorized || (version === 4 && code === failure);
    this.#note(`${action} ${what} ${code}`, true, () => {
      if (isRule) this.#log.error({ action, topics }, "the broker forbids topics; allow them in its ACL");
      else {
        const reason = topicCodes[code] ?? `it has refused it (code ${code})`;
        this.#log.error({ action, topics, reason }, "the broker does not take topics");
      }
    });
  }

  /** A message is too large for the broker. `bytes` is the size of its packet. */
  tooLarge({ topic, retain }: Outgoing, bytes: number): void {
    this.#note(`size ${retain === false ? "an answer" : topic}`, true, () =>
      this.#log.warn(
        { topic, bytes },
        "a message is too large for the broker; raise max_packet_size or message_size_limit there",
      ),
    );
  }

  #note(what: string, isSo: boolean, tell: () => void): void {
    if (!isSo) this.#told.delete(what);
    if (!isSo || this.#told.has(what)) return;
    this.#told.add(what);
    tell();
  }
}
