import type { Bus, BusMessage } from "../core/bus.ts";
import { type Log, type LogLevel, logLevels } from "../core/log.ts";
import type { AgentTopics } from "../core/topic.ts";
import { shown } from "./commands.ts";

/** What whoever runs the agent lets others do with it. */
export interface Controls {
  /** Ends the agent, for whoever started it to start it anew. */
  restart(): void;
  readonly logLevel: LogLevel;
  setLogLevel(level: LogLevel): void;
}

/** For an agent that nobody may control, as in a rehearsal. */
export const noControls: Controls = { restart: () => {}, logLevel: "info", setLogLevel: () => {} };

/** Obeys what is said to the agent itself; like a device, never what is retained. */
export class AgentControls {
  readonly #topics: AgentTopics;
  readonly #bus: Pick<Bus, "publish">;
  readonly #log: Log;
  readonly #controls: Controls;
  #restartAsked = false;

  constructor(topics: AgentTopics, bus: Pick<Bus, "publish">, log: Log, controls: Controls) {
    this.#topics = topics;
    this.#bus = bus;
    this.#log = log;
    this.#controls = controls;
  }

  get topics(): readonly string[] {
    return [this.#topics.restart, this.#topics.setLogLevel];
  }

  /** Whether somebody asked for a new start. */
  get restartAsked(): boolean {
    return this.#restartAsked;
  }

  /** Says the level again. */
  announce(): void {
    this.#bus.publish(this.#topics.logLevel, this.#controls.logLevel);
  }

  /** Takes a message from one of {@link topics}. */
  receive({ topic, payload, retained }: BusMessage): void {
    const word = shown(payload).trim();
    const level = logLevels.find((candidate) => candidate === word);
    if (retained) this.#refuse(topic, word, "it is retained, so it may be old; publish commands without retain");
    else if (topic === this.#topics.restart && word === "PRESS") this.#restart();
    else if (topic === this.#topics.setLogLevel && level !== undefined) this.#setLogLevel(level);
    else this.#refuse(topic, word, topic === this.#topics.restart ? "say PRESS" : `say ${logLevels.join(", ")}`);
  }

  #restart(): void {
    this.#log.warn({}, "asked to start anew");
    this.#restartAsked = true;
    this.#controls.restart();
  }

  #setLogLevel(level: LogLevel): void {
    this.#controls.setLogLevel(level);
    this.#log.warn({ level }, "logging at another level until the next start");
    this.announce();
  }

  #refuse(topic: string, payload: string, reason: string): void {
    this.#log.warn({ topic, payload, reason }, "refused a command");
  }
}
