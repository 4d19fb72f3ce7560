import type { BusMessage } from "../core/messages/bus.ts";
import type { Rule } from "../core/rules/rule.ts";
import type { Cancel } from "../core/time/clock.ts";
import { Connection } from "./connection.ts";
import { Messages } from "./messages.ts";
import { rulesId } from "./rule-memory.ts";
import type { RulePorts } from "./rule-ports.ts";
import { RunningRule } from "./running-rule.ts";
import { type KnownTime, WallTimes } from "./times/wall-times.ts";

/** When a rule fired last is on disk after this time at the latest, in milliseconds. Firings alone must not wear an SD card. */
const storeFiringsMs = 10 * 60_000;
/** A word is short; more is nobody's word. */
const longestWord = 40;

/** What the rules of an agent need. */
export interface RuleBookPorts extends Omit<RulePorts, "wallTimes" | "connection" | "messages" | "store" | "time"> {
  readonly time: RulePorts["time"] & KnownTime;
  readonly store: { of(id: string, log: RulePorts["log"]): RulePorts["store"]; refresh(when: "soon"): void };
  /** The topic above those of the rules. */
  readonly topic: string;
  /** Notes a refused command that came by MQTT. */
  readonly refuse: (message: BusMessage, reason: "retained" | "invalid", sentence: string) => void;
}

/** All rules of an agent. They need no broker. */
export class RuleBook {
  readonly #ports: RuleBookPorts;
  readonly #rules: ReadonlyMap<string, RunningRule>;
  /** The rules by the topics on which they take commands. */
  readonly #byTopic: ReadonlyMap<string, RunningRule>;
  readonly #connection = new Connection();
  readonly #messages = new Messages();
  readonly #wallTimes: WallTimes;
  readonly #changed = new Set<RunningRule>();
  readonly #said = new Map<string, string>();
  #cancelStore: Cancel | undefined;

  constructor(rules: readonly Rule[], ports: RuleBookPorts) {
    this.#ports = ports;
    this.#wallTimes = new WallTimes(ports.clock, ports.time);
    const store = ports.store.of(rulesId, ports.log);
    const shared = { ...ports, store, wallTimes: this.#wallTimes };
    this.#rules = new Map(
      rules.map((rule) => [
        rule.id,
        new RunningRule(rule, {
          ...shared,
          connection: this.#connection,
          messages: this.#messages,
          chainOf: (cause) => (cause?.startsWith("rule:") ? (this.#rules.get(cause.slice(5))?.chain ?? []) : []),
          stopRule: (id) => this.#rules.get(id)?.stopRun(),
          onChange: (changed) => this.#note(changed),
        }),
      ]),
    );
    this.#byTopic = new Map([...this.#rules].map(([id, rule]) => [`${ports.topic}/${id}/set`, rule]));
    ports.time.onSet(() => this.announce());
  }

  /** Begins. The devices that take commands should be set up. */
  start(): void {
    for (const rule of this.#rules.values()) rule.start();
  }

  /** Ends for a restart. */
  stop(): void {
    this.#wallTimes.stop();
    this.#cancelStore?.();
    for (const rule of this.#rules.values()) rule.end();
  }

  /** The topics on which the rules take commands. */
  get topics(): readonly string[] {
    return [...this.#byTopic.keys()];
  }

  /** The foreign topics whose messages set rules off. */
  get news(): readonly string[] {
    const topics = [...this.#rules.values()].flatMap(({ settings }) =>
      settings.when.flatMap((one) => (one.on === "message" ? [one.topic] : [])),
    );
    return [...new Set(topics)];
  }

  /** Takes a message. Returns whether it was for the rules. */
  receive(message: BusMessage): boolean {
    const rule = this.#byTopic.get(message.topic);
    if (rule === undefined) return this.#messages.receive(message);
    this.#command(rule, message);
    return true;
  }

  /** Notes that the broker is there, or lost. */
  connection(isOnline: boolean): void {
    this.#connection.note(isOnline);
  }

  /** Publishes again what is known of each rule. */
  announce(): void {
    for (const rule of this.#rules.values()) this.#publish(rule, true);
  }

  #command(rule: RunningRule, message: BusMessage): void {
    const { payload, retained } = message;
    const text = payload.length > longestWord ? "" : new TextDecoder().decode(payload);
    const word = text.trim().toUpperCase();
    if (retained)
      this.#ports.refuse(message, "retained", "it is retained, so it may be old; publish commands without retain");
    else if (word === "ON" || word === "OFF") rule.enable(word === "ON");
    else this.#ports.refuse(message, "invalid", "say ON or OFF");
  }

  /** Publishes the rule when all that happens at this instant is over, so that it delays nothing. */
  #note(rule: RunningRule): void {
    if (this.#changed.size === 0)
      queueMicrotask(() => {
        const changed = [...this.#changed];
        this.#changed.clear();
        for (const one of changed) this.#publish(one, false);
      });
    this.#changed.add(rule);
    this.#cancelStore ??= this.#ports.clock.after(storeFiringsMs, () => {
      this.#cancelStore = undefined;
      this.#ports.store.refresh("soon");
    });
  }

  #publish(rule: RunningRule, isAgain: boolean): void {
    const { id } = rule.settings;
    const text = JSON.stringify(rule.status);
    if (!isAgain && this.#said.get(id) === text) return;
    this.#said.set(id, text);
    this.#ports.bus.publish(`${this.#ports.topic}/${id}`, text);
  }
}
