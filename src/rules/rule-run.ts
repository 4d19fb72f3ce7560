import { explain } from "../core/errors.ts";
import type { Log } from "../core/log/log.ts";
import { Refusal } from "../core/refusal.ts";
import type { Rule } from "../core/rules/rule.ts";
import type { Step } from "../core/rules/step.ts";
import type { Cancel } from "../core/time/clock.ts";
import { inMs } from "../core/time/lasting-clock.ts";
import { payloadText } from "./payload-text.ts";
import type { RuleMemory, WaitingStep } from "./rule-memory.ts";
import type { RulePorts } from "./rule-ports.ts";

/** Shorter waits are not stored: a disk must not be written for each of them. */
const storedFromMs = 10_000;

/** What the run of a rule needs. */
export interface RunPorts extends Pick<RulePorts, "house" | "bus" | "lasting" | "warnings"> {
  readonly log: Log;
  readonly memory: RuleMemory;
  /** Ends what a rule is doing. */
  readonly stopRule: (id: string) => void;
  /** The run is over: all its steps are done. */
  readonly onEnd: () => void;
}

/** Does the steps of a rule, one after the other. A step that is refused does not keep the others from being done. */
export class RuleRun {
  readonly #rule: Rule;
  readonly #ports: RunPorts;
  #cancel: Cancel = () => {};
  #isStopped = false;

  constructor(rule: Rule, ports: RunPorts) {
    this.#rule = rule;
    this.#ports = ports;
  }

  /** Begins with the first step. */
  start(): void {
    this.#goOn(0);
  }

  /** Goes on at a wait that was begun before a restart. */
  resume({ step, deadline }: WaitingStep): void {
    this.#waitUntil({ step, deadline });
  }

  /** Does no further step. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#cancel();
    this.#ports.memory.wait(undefined);
  }

  /** Does no further step, but the next start goes on with them. */
  suspend(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #goOn(from: number): void {
    for (const [index, step] of this.#rule.steps.entries()) {
      if (index < from) continue;
      if (this.#isStopped) return;
      if (step.do === "wait") {
        this.#waitUntil({ step: index, deadline: inMs(this.#ports.lasting, step.ms) });
        return;
      }
      this.#do(step);
    }
    this.#finish();
  }

  #waitUntil(waiting: WaitingStep): void {
    const { lasting, memory } = this.#ports;
    const step = this.#rule.steps[waiting.step];
    if (step?.do === "wait" && step.ms >= storedFromMs) memory.wait(waiting);
    this.#cancel = lasting.at(waiting.deadline, () => this.#goOn(waiting.step + 1));
  }

  #finish(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#ports.memory.wait(undefined);
    this.#ports.onEnd();
  }

  #do(step: Exclude<Step, { do: "wait" }>): void {
    if (step.do === "stop") this.#ports.stopRule(step.rule);
    else if (step.do === "publish") this.#publish(step);
    else this.#order(step);
  }

  #publish({ topic, payload, retain }: Extract<Step, { do: "publish" }>): void {
    const { house, bus, log } = this.#ports;
    const text = payloadText(payload, house);
    log.debug({ topic, payload: text }, "message of a rule");
    bus.publish(topic, text, { retain });
  }

  #order({ device, command }: Extract<Step, { do: "command" }>): void {
    const { house, log, warnings } = this.#ports;
    try {
      house.order(device, command, { by: "rule", id: this.#rule.id });
    } catch (error) {
      const reason = error instanceof Refusal ? error.message : explain(error);
      warnings.warn(log, `rule ${this.#rule.id}`, () => ({ to: device, command, reason }), refused);
    }
  }
}

const refused = { first: "the command of a rule was refused", more: "more commands of a rule were refused" };
