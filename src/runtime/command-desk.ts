import type { Bus, BusMessage } from "../core/bus.ts";
import type { Log } from "../core/log.ts";
import type { DeviceTopics } from "../core/topic.ts";
import { readPayload, type Sent, shown } from "./commands.ts";
import type { Orders, Outcome, WhyNot } from "./orders.ts";
import { stateAsValue } from "./presence.ts";
import type { Refusals } from "./refusals.ts";

/** What taking commands by MQTT needs of its surroundings. */
export interface DeskPorts {
  /** The device's id. */
  readonly id: string;
  readonly topics: DeviceTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly log: Log;
  readonly refusals: Refusals;
  readonly orders: Orders;
  /** The device's last state, as it was published. */
  readonly state: () => string | undefined;
}

/** Makes orders of the messages to one device, and answers whoever asked for it. */
export class CommandDesk {
  readonly #ports: DeskPorts;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  /** Takes a message from one of {@link DeviceTopics.commands}. A command that is refused changes nothing. */
  receive(message: BusMessage): void {
    const { topic, payload } = message;
    const sent = readPayload(payload);
    const answer = this.#answerTo(message, sent.id);
    const done = (outcome: Outcome) => {
      if (!outcome.accepted && outcome.reason !== "failed") this.#tell(message, outcome);
      answer(outcome);
    };
    const fields = () => ({ topic, payload: shown(payload) });
    if (message.retained) done({ accepted: false, ...retained });
    else this.#ports.orders.give({ sent, from: { by: "mqtt" }, fields, done });
  }

  #tell({ topic, payload }: BusMessage, { reason, message }: WhyNot): void {
    const { id, log, refusals } = this.#ports;
    refusals.command(log, id, reason, () => ({ topic, payload: shown(payload), reason: message }));
  }

  /** Whoever sent an id or a response topic gets an answer there, with the state after it all; never retained. */
  #answerTo({ answerTo }: BusMessage, id: Sent["id"]): (outcome: Outcome) => void {
    const topic = answerTo?.topic ?? (id === undefined ? undefined : this.#ports.topics.result);
    if (topic === undefined) return answerNobody;
    return (outcome) => {
      const state = stateAsValue(this.#ports.state());
      const text = JSON.stringify({ id, ...outcome, state });
      this.#ports.bus.publish(topic, text, { retain: false, correlation: answerTo?.correlation });
    };
  }
}

const answerNobody = () => {};

const retained: WhyNot = {
  reason: "retained",
  message: "it is retained, so it may be old; publish commands without retain",
};
