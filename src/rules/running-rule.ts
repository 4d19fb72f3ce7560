import type { Log } from "../core/log/log.ts";
import type { Rule } from "../core/rules/rule.ts";
import type { Cancel } from "../core/time/clock.ts";
import { isSo } from "./conditions.ts";
import { FiringRate, firingPeriodMs, mostFirings } from "./firing-rate.ts";
import { RuleMemory } from "./rule-memory.ts";
import type { RulePorts } from "./rule-ports.ts";
import { RuleRuns } from "./rule-runs.ts";
import type { Firing } from "./triggers/firing.ts";
import { type StartedTrigger, startTrigger } from "./triggers/start-trigger.ts";

/** What one rule needs besides what all share. */
export interface OneRulePorts extends RulePorts {
  /** The rules that led to a state with this cause, the first one first. Empty if no rule did. */
  readonly chainOf: (cause: string | undefined) => readonly string[];
  readonly stopRule: (id: string) => void;
  /** Something that is published of the rule has changed. */
  readonly onChange: (rule: RunningRule) => void;
}

/** One rule at work: looks for what sets it off, asks its conditions, and does its steps. */
export class RunningRule {
  readonly settings: Rule;
  readonly #ports: OneRulePorts;
  readonly #log: Log;
  readonly #memory: RuleMemory;
  readonly #rate: FiringRate;
  readonly #runs: RuleRuns;
  #triggers: readonly StartedTrigger[] = [];
  #fired = 0;
  #cancelRelease: Cancel = () => {};

  constructor(settings: Rule, ports: OneRulePorts) {
    this.settings = settings;
    this.#ports = ports;
    this.#log = ports.log.child({ rule: settings.id });
    this.#memory = new RuleMemory(ports.store, settings.id, settings.steps);
    this.#rate = new FiringRate(ports.clock);
    this.#runs = new RuleRuns(settings, {
      ...ports,
      log: this.#log,
      memory: this.#memory,
      onChange: () => ports.onChange(this),
    });
  }

  /** Begins to look for what sets the rule off, and goes on where it waited before a restart. */
  start(): void {
    this.#runs.resume();
    this.#triggers = this.settings.when.map((one) => startTrigger(one, this.#ports, (firing) => this.#setOff(firing)));
  }

  /** Ends for a restart: what the rule was doing goes on after it. */
  end(): void {
    this.#cancelRelease();
    for (const { cancel } of this.#triggers) cancel();
    this.#runs.suspend();
  }

  /** Ends what the rule is doing. It can be set off again. */
  stopRun(): void {
    if (this.#runs.stop()) this.#log.info({}, "rule stopped");
  }

  get isEnabled(): boolean {
    return this.#memory.enabled ?? this.settings.enabled;
  }

  /** Switches the rule on or off, for all starts to come. What it is doing goes on to its end. */
  enable(isEnabled: boolean): void {
    if (isEnabled) this.#release();
    if (isEnabled !== this.isEnabled) this.#log.info({ enabled: isEnabled }, "rule was switched");
    this.#memory.enabled = isEnabled;
    this.#ports.onChange(this);
  }

  /** The rules that led to the present or last firing, with this one as the last. */
  get chain(): readonly string[] {
    return this.#runs.chain;
  }

  /** What is published of the rule. */
  get status(): Readonly<Record<string, unknown>> {
    const { lastFiredMs, lastBy } = this.#memory;
    const dueMs = this.#triggers.flatMap(({ due }) => due?.getTime() ?? []);
    return {
      state: this.isEnabled ? "ON" : "OFF",
      fired: this.#fired,
      last_fired: lastFiredMs === undefined ? null : new Date(lastFiredMs).toISOString(),
      last_by: lastBy ?? null,
      next: dueMs.length === 0 ? null : new Date(Math.min(...dueMs)).toISOString(),
      running: this.#runs.isRunning,
      held: this.#rate.isHeld,
    };
  }

  #setOff({ by, cause }: Firing): void {
    // After this a new time is due, or the rule fires, or both.
    this.#ports.onChange(this);
    const chain = [...this.#ports.chainOf(cause), this.settings.id];
    if (!this.#mayFire(by, chain)) return;
    this.#fired += 1;
    this.#memory.fired(this.#ports.time.now()?.getTime(), by);
    this.#log.info({ by }, "rule fired");
    this.#runs.begin(chain);
  }

  #mayFire(by: string, chain: readonly string[]): boolean {
    if (!this.isEnabled) return false;
    const { id, if: condition } = this.settings;
    const refuse = (what: string, text: Text, fields: object = {}) => {
      this.#ports.warnings.warn(this.#log, `rule ${id}: ${what}`, () => ({ by, ...fields }), text);
      return false;
    };
    const leaveOut = (sentence: string) => {
      this.#log.debug({ by }, sentence);
      return false;
    };
    if (chain.indexOf(id) < chain.length - 1) return refuse("loop", looped, { rules: chain.join(" > ") });
    if (condition !== undefined && isSo(condition, this.#ports) !== true)
      return leaveOut("rule is not carried out: its conditions are not met");
    if (!this.#rate.admits()) {
      this.#hold();
      return refuse("held", held, { times: mostFirings, within: "1m" });
    }
    if (this.#runs.whyNot === "running") return leaveOut("rule is not carried out: it is still running");
    return this.#runs.whyNot === undefined || refuse("queue", queueFull);
  }

  /** Releases the rule when nothing has set it off for a minute. */
  #hold(): void {
    this.#cancelRelease();
    this.#cancelRelease = this.#ports.clock.after(firingPeriodMs, () => this.#release());
  }

  #release(): void {
    this.#cancelRelease();
    if (this.#rate.isHeld) this.#log.info({}, "rule is not held any more");
    this.#rate.release();
    this.#ports.onChange(this);
  }
}

type Text = Parameters<RulePorts["warnings"]["warn"]>[3];

const looped = {
  first: "rules set each other off; the last one is not carried out",
  more: "rules set each other off more often; the last one is not carried out",
};
const queueFull = {
  first: "too many runs of the rule wait; this one is left out",
  more: "more runs of the rule are left out",
};
const held = {
  first: "the rule fired too often; it is held until nothing sets it off for a minute",
  more: "the rule is still held",
};
