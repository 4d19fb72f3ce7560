import type { Log } from "../../core/log/log.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { DeviceTopics } from "../../core/messages/device-topics.ts";
import { type Publication, stateAsValue } from "../device/publication.ts";
import { type AgePorts, judgeAge } from "./age.ts";
import type { Orders, Outcome } from "./orders.ts";
import { readPayload, type Sent, shown } from "./payload.ts";
import type { Refusals } from "./refusals.ts";
import type { WhyNot } from "./why-not.ts";

/** What taking commands by MQTT needs. */
export interface MqttCommandPorts {
  /** The device's id. */
  readonly id: string;
  readonly topics: DeviceTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly log: Log;
  readonly refusals: Refusals;
  readonly orders: Orders;
  /** The device's last state as it was published, and who changed it. */
  readonly publication: Pick<Publication, "state" | "cause">;
  readonly age: AgePorts;
}

const none: ReadonlyMap<string, string> = new Map();

/** Makes orders of the MQTT messages to one device, and answers those who ask for an answer. */
export class MqttCommands {
  readonly #ports: MqttCommandPorts;
  /** The names of values that are sent alone, by their topics. */
  readonly #setters: ReadonlyMap<string, string>;

  constructor(ports: MqttCommandPorts) {
    this.#ports = ports;
    const setters = Object.entries(ports.topics.setters);
    this.#setters = setters.length === 0 ? none : new Map(setters.map(([name, topic]) => [topic, name]));
  }

  /** Takes a message from a topic for commands, or from the topic of one value. A command that is refused changes nothing. */
  receive(message: BusMessage): void {
    const { topic, payload } = message;
    const read = readPayload(payload);
    const sent = asCommand(read, this.#setters.get(topic));
    const answer = this.#answerTo(message, sent.id);
    const done = (outcome: Outcome) => {
      if (!outcome.accepted && outcome.reason !== "failed") this.#tell(message, outcome);
      answer(outcome);
    };
    const fields = () => ({ topic, payload: shown(payload) });
    const age = message.retained ? retained : judgeAge(read.ts, message, this.#ports.age);
    if ("reason" in age) done({ accepted: false, ...age });
    else this.#ports.orders.give({ sent, from: { by: "mqtt" }, untilMs: age.untilMs, fields, done });
  }

  #tell({ topic, payload }: BusMessage, { reason, message }: WhyNot): void {
    const { id, log, refusals } = this.#ports;
    refusals.command(log, id, reason, () => ({ topic, payload: shown(payload), reason: message }));
  }

  /**
   * Makes the function that answers. If the message has an id or a response topic, the outcome and the state after it are sent, never
   * retained.
   */
  #answerTo({ answerTo }: BusMessage, id: Sent["id"]): (outcome: Outcome) => void {
    const topic = answerTo?.topic ?? (id === undefined ? undefined : this.#ports.topics.result);
    if (topic === undefined) return answerNobody;
    return (outcome) => {
      const { state, cause } = this.#ports.publication;
      const text = JSON.stringify({ id, ...outcome, state: stateAsValue(state), cause });
      this.#ports.bus.publish(topic, text, { retain: false, correlation: answerTo?.correlation });
    };
  }
}

/** Makes a command of a value that was sent alone on its topic. */
function asCommand(sent: Sent, name: string | undefined): Sent {
  return name === undefined || sent.problem !== undefined ? sent : { value: { [name]: sent.value } };
}

const answerNobody = () => {};

const retained: WhyNot = {
  reason: "retained",
  message: "it is retained, so it may be old; publish commands without retain",
};
