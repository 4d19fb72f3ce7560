import type { Bus, BusMessage } from "../core/bus.ts";
import type { Clock } from "../core/clock.ts";
import type { DeviceKind } from "../core/device.ts";
import { explain } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { Refusal } from "../core/refusal.ts";
import type { DeviceTopics } from "../core/topic.ts";
import { idOf, shown, understand } from "./commands.ts";
import type { DeviceRun } from "./device-run.ts";
import { stateAsValue } from "./presence.ts";
import { inTime } from "./time-limit.ts";

/** Twice what the slowest package takes. What takes longer on purpose is timers of the device, not one long command. */
const commandTimeoutMs = 10_000;
const commandHangs = `the command did not end within ${commandTimeoutMs / 1000} s`;

/** What the desk needs of its surroundings. */
export interface DeskPorts {
  readonly kind: DeviceKind;
  readonly topics: DeviceTopics;
  readonly bus: Pick<Bus, "publish">;
  readonly clock: Clock;
  readonly log: Log;
  /** The device's present run, which is where commands wait. */
  readonly run: () => Pick<DeviceRun, "device" | "commands" | "causes"> | undefined;
  /** The device's last state, as it was published. */
  readonly state: () => string | undefined;
}

/** Takes the commands to one device: refuses what it must, has the rest carried out one at a time, and answers whoever asked. */
export class CommandDesk {
  readonly #ports: DeskPorts;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  /** Takes a message from one of {@link DeviceTopics.commands}. A command that is refused changes nothing. */
  receive(message: BusMessage): void {
    const answer = this.#answerTo(message);
    try {
      this.#take(message, answer);
    } catch (error) {
      this.#refuse(message, error instanceof Refusal ? error : new Refusal("failed", explain(error)), answer);
    }
  }

  #take(message: BusMessage, answer: Answer): void {
    const { kind, log } = this.#ports;
    if (message.retained)
      throw new Refusal("retained", "it is retained, so it may be old; publish commands without retain");
    if (kind.command === undefined) throw new Refusal("invalid", "the device takes no commands");
    const command = understand(kind.command, message.payload);
    const run = this.#ports.run();
    const device = run?.device;
    if (run === undefined || device?.command === undefined) throw new Refusal("offline", "the device is offline");
    log.debug({ topic: message.topic, payload: shown(message.payload) }, "command");
    const begin = () => run.causes.during("mqtt", () => device.command?.(command));
    const carryOut = () => this.#carryOut(begin, message, answer);
    const giveUp = () => this.#refuse(message, new Refusal("offline", "the device is offline"), answer);
    if (!run.commands.add(carryOut, giveUp)) throw new Refusal("busy", "too many commands are waiting");
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
      if (ending !== undefined) {
        const limited = inTime(this.#ports.clock, commandTimeoutMs, ending, commandHangs);
        return limited.then(() => answer({ accepted: true }), fail);
      }
      answer({ accepted: true });
    } catch (error) {
      fail(error);
    }
  }

  #refuse({ topic, payload }: BusMessage, { reason, message }: Refusal, answer: Answer): void {
    this.#ports.log.warn({ topic, payload: shown(payload), reason: message }, "refused a command");
    answer({ accepted: false, reason, message });
  }

  /** Whoever sent an id or a response topic gets an answer there, with the state after it all; never retained. */
  #answerTo({ payload, answerTo }: BusMessage): Answer {
    const id = idOf(payload);
    const topic = answerTo?.topic ?? (id === undefined ? undefined : this.#ports.topics.result);
    if (topic === undefined) return () => {};
    return (outcome) => {
      const state = stateAsValue(this.#ports.state());
      const text = JSON.stringify({ id, ...outcome, state });
      this.#ports.bus.publish(topic, text, { retain: false, correlation: answerTo?.correlation });
    };
  }
}

/** Says what became of a command, if somebody wants to know. */
type Answer = (outcome: { accepted: boolean; reason?: string; message?: string }) => void;
