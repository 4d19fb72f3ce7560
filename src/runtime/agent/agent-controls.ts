import { type Log, type LogLevel, logLevels } from "../../core/log/log.ts";
import type { Bus, BusMessage } from "../../core/messages/bus.ts";
import type { AgentTopics } from "../../core/messages/topic.ts";
import { shown } from "../orders/payload.ts";
import type { Refusals, RefusedFor } from "../orders/refusals.ts";

/** What others may do with the agent. */
export interface Controls {
  /** Ends the agent, so that systemd starts it again. */
  restart(): void;
  readonly logLevel: LogLevel;
  setLogLevel(level: LogLevel): void;
}

/** For an agent that nobody may control, as in a scenario with virtual time. */
export const noControls: Controls = { restart: () => {}, logLevel: "info", setLogLevel: () => {} };

/** What the controls need. */
export interface ControlPorts {
  readonly bus: Pick<Bus, "publish">;
  readonly log: Log;
  readonly refusals: Refusals;
  readonly controls: Controls;
}

/** Carries out commands to the agent itself. Retained commands are refused, as for a device. */
export class AgentControls {
  readonly #topics: AgentTopics;
  readonly #ports: ControlPorts;
  #restartAsked = false;

  constructor(topics: AgentTopics, ports: ControlPorts) {
    this.#topics = topics;
    this.#ports = ports;
  }

  get topics(): readonly string[] {
    return [this.#topics.restart, this.#topics.setLogLevel];
  }

  /** Whether somebody asked for a restart. */
  get restartAsked(): boolean {
    return this.#restartAsked;
  }

  /** Publishes the level of the log again. */
  announce(): void {
    this.#ports.bus.publish(this.#topics.logLevel, this.#ports.controls.logLevel);
  }

  /** Takes a message from one of {@link topics}. */
  receive(message: BusMessage): void {
    const { topic, payload, retained } = message;
    const isRestart = topic === this.#topics.restart;
    const word = payload.length > longestWord ? "" : new TextDecoder().decode(payload).trim();
    const level = logLevels.find((candidate) => candidate === word);
    if (retained)
      this.#refuse(message, "retained", "it is retained, so it may be old; publish commands without retain");
    else if (isRestart && word === "PRESS") this.#restart();
    else if (!isRestart && level !== undefined) this.#setLogLevel(level);
    else this.#refuse(message, "invalid", isRestart ? "say PRESS" : `say ${logLevels.join(", ")}`);
  }

  #restart(): void {
    if (this.#restartAsked) return;
    this.#ports.log.warn({}, "asked to restart");
    this.#restartAsked = true;
    this.#ports.controls.restart();
  }

  #setLogLevel(level: LogLevel): void {
    const { controls, log, refusals } = this.#ports;
    if (level !== controls.logLevel) {
      controls.setLogLevel(level);
      refusals.warnings.warn(log, "log level", () => ({ level }), anotherLevel);
    }
    this.announce();
  }

  #refuse({ topic, payload }: BusMessage, reason: RefusedFor, message: string): void {
    const { log, refusals } = this.#ports;
    refusals.command(log, topic, reason, () => ({ topic, payload: shown(payload).trim(), reason: message }));
  }
}

/** Longer than every word that is understood here, with white space around it. */
const longestWord = 40;

const anotherLevel = {
  first: "logging at another level until the next start",
  more: "the level of the log was changed more often",
};
