import type { Bus, BusMessage } from "../core/bus.ts";
import type { CommandSchema } from "../core/command.ts";
import type { Device } from "../core/device.ts";
import { explain } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { Refusal } from "../core/refusal.ts";
import type { DeviceTopics } from "../core/topic.ts";
import { CommandQueue } from "./command-queue.ts";
import { readPayload, type Sent, shown, understand } from "./commands.ts";
import { stateAsValue } from "./presence.ts";
import type { Refusals } from "./refusals.ts";

/** What the desk needs of its surroundings. */
export interface DeskPorts {
  /** The device's id. */
  readonly id: string;
  /** What the device accepts; undefined where it takes no commands. */
  readonly schema: CommandSchema | undefined;
  readonly topics: DeviceTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly log: Log;
  readonly refusals: Refusals;
  /** The device as it is now; undefined while it is offline. */
  readonly device: () => Device<unknown> | undefined;
  /** The device's last state, as it was published. */
  readonly state: () => string | undefined;
  /** Called when a command could not be carried out though it should. */
  readonly onFailure: (error: unknown) => void;
}

/** Takes the commands to one device: refuses what it must, has the rest carried out one at a time, and answers whoever asked. */
export class CommandDesk {
  readonly #ports: DeskPorts;
  readonly #queue: CommandQueue;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#queue = new CommandQueue(ports.onFailure);
  }

  /** Takes a message from one of {@link DeviceTopics.commands}. A command that is refused changes nothing. */
  receive(message: BusMessage): void {
    const sent = readPayload(message.payload);
    const answer = this.#answerTo(message, sent.id);
    try {
      const refusal = this.#take(message, sent, answer);
      if (refusal !== undefined) this.#refuse(message, refusal, answer);
    } catch (error) {
      this.#refuse(message, error instanceof Refusal ? error : new Refusal("failed", explain(error)), answer);
    }
  }

  /** Gives up the commands that wait. */
  clear(): void {
    this.#queue.clear();
  }

  #take(message: BusMessage, sent: Sent, answer: Answer): WhyNot | undefined {
    const { schema, log } = this.#ports;
    if (message.retained) return retained;
    if (schema === undefined) return { reason: "invalid", message: "the device takes no commands" };
    const understood = understand(schema, sent);
    if ("problem" in understood) return { reason: "invalid", message: understood.problem };
    const device = this.#ports.device();
    if (device?.command === undefined) return offline;
    log.debug(() => ({ topic: message.topic, payload: shown(message.payload) }), "command");
    const carryOut = () => this.#carryOut(() => device.command?.(understood.command), message, answer);
    const giveUp = () => this.#refuse(message, offline, answer);
    return this.#queue.add(carryOut, giveUp) ? undefined : busy;
  }

  /** Answers once it is done, which is at once unless the device takes its time. */
  #carryOut(command: () => Promise<void> | void, message: BusMessage, answer: Answer): Promise<void> | void {
    const fail = (error: unknown) => {
      if (error instanceof Refusal) return this.#refuse(message, error, answer);
      answer({ accepted: false, reason: "failed", message: explain(error) });
      throw error;
    };
    try {
      const ending = command();
      if (ending !== undefined) return ending.then(() => answer({ accepted: true }), fail);
      answer({ accepted: true });
    } catch (error) {
      fail(error);
    }
  }

  #refuse({ topic, payload }: BusMessage, { reason, message }: WhyNot, answer: Answer): void {
    const { id, log, refusals } = this.#ports;
    refusals.command(log, id, reason, () => ({ topic, payload: shown(payload), reason: message }));
    answer({ accepted: false, reason, message });
  }

  /** Whoever sent an id or a response topic gets an answer there, with the state after it all; never retained. */
  #answerTo({ answerTo }: BusMessage, id: Sent["id"]): Answer {
    const topic = answerTo?.topic ?? (id === undefined ? undefined : this.#ports.topics.result);
    if (topic === undefined) return answerNobody;
    return (outcome) => {
      const state = stateAsValue(this.#ports.state());
      const text = JSON.stringify({ id, ...outcome, state });
      this.#ports.bus.publish(topic, text, { retain: false, correlation: answerTo?.correlation });
    };
  }
}

/** Says what became of a command, if somebody wants to know. */
type Answer = (outcome: { accepted: boolean; reason?: string; message?: string }) => void;

const answerNobody: Answer = () => {};

/** Why a command is not carried out. Not an error: a stranger may cause thousands in a second, and an error is made with its stack. */
type WhyNot = Pick<Refusal, "reason" | "message">;

const retained: WhyNot = {
  reason: "retained",
  message: "it is retained, so it may be old; publish commands without retain",
};
const offline: WhyNot = { reason: "offline", message: "the device is offline" };
const busy: WhyNot = { reason: "busy", message: "too many commands are waiting" };
