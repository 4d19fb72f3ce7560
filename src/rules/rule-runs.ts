import type { Rule } from "../core/rules/rule.ts";
import { RuleRun, type RunPorts } from "./rule-run.ts";

/** So many runs wait at most in the mode `queued`; Home Assistant has the same number. */
const mostQueued = 10;

/** What the runs of a rule need. */
export interface RunsPorts extends Omit<RunPorts, "onEnd"> {
  /** A run has begun or ended. */
  readonly onChange: () => void;
}

/** Why a rule that still runs is not begun. */
export type NotBegun = "running" | "queue is full";

/** The runs of one rule: one at a time, and those that wait in the mode `queued`. */
export class RuleRuns {
  readonly #rule: Rule;
  readonly #ports: RunsPorts;
  #run: RuleRun | undefined;
  #queued: (readonly string[])[] = [];
  #chain: readonly string[] = [];

  constructor(rule: Rule, ports: RunsPorts) {
    this.#rule = rule;
    this.#ports = ports;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** The rules that led to the present or last run, with this one as the last. */
  get chain(): readonly string[] {
    return this.#chain;
  }

  /** Why the mode does not allow another run now; undefined if it does. */
  get whyNot(): NotBegun | undefined {
    const { mode } = this.#rule;
    if (this.#run === undefined || mode === "restart") return undefined;
    if (mode === "single") return "running";
    return this.#queued.length < mostQueued ? undefined : "queue is full";
  }

  /** Begins a run, or lets it wait. `chain`: the rules that led to it. */
  begin(chain: readonly string[]): void {
    if (this.#run !== undefined && this.#rule.mode === "queued") {
      this.#queued.push(chain);
      return;
    }
    this.#run?.stop();
    this.#begin(chain, (run) => run.start());
  }

  /** Goes on where the rule waited before a restart, if it did. */
  resume(): void {
    const { memory } = this.#ports;
    const { waiting } = memory;
    if (waiting === undefined) memory.wait(undefined);
    else this.#begin([this.#rule.id], (run) => run.resume(waiting));
  }

  /** Ends what the rule is doing. Returns whether it was doing anything. */
  stop(): boolean {
    this.#queued = [];
    if (this.#run === undefined) return false;
    this.#run.stop();
    this.#run = undefined;
    this.#ports.onChange();
    return true;
  }

  /** Ends for a restart: what the rule was doing goes on after it. */
  suspend(): void {
    this.#queued = [];
    this.#run?.suspend();
  }

  #begin(chain: readonly string[], how: (run: RuleRun) => void): void {
    this.#chain = chain;
    const run: RuleRun = new RuleRun(this.#rule, {
      ...this.#ports,
      onEnd: () => {
        if (this.#run === run) this.#ended();
      },
    });
    this.#run = run;
    how(run);
  }

  #ended(): void {
    this.#run = undefined;
    this.#ports.onChange();
    const next = this.#queued.shift();
    if (next !== undefined) this.#begin(next, (run) => run.start());
  }
}
