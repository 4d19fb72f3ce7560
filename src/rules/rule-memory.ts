import * as z from "zod";
import type { Step } from "../core/rules/step.ts";
import type { KeepWhen, Kept, Store } from "../core/store.ts";
import type { Deadline } from "../core/time/lasting-clock.ts";

/** A step at which a rule waits, and until when, on the scale of the lasting time. */
export interface WaitingStep {
  readonly step: number;
  readonly deadline: Deadline;
}

const schema = z.object({
  /** What was said last by MQTT; null: nothing. */
  enabled: z.boolean().nullable(),
  /** In milliseconds of Unix time; null: never, or at a time that was not known. */
  last_fired_ms: z.number().nullable(),
  last_by: z.string().nullable(),
  waiting: z.object({ step: z.number(), sinceMs: z.number(), dueMs: z.number(), steps: z.string() }).nullable(),
});

/** No device can have this id. */
export const rulesId = "(rules)";

/** What is kept of one rule, by name. */
export type KeptRule = z.output<typeof schema>;

/** Reads what is kept of a rule, as it stands in the file of the state. Undefined if it is something else. */
export function keptRule(stored: unknown): KeptRule | undefined {
  return schema.safeParse(stored).data;
}

/** Keeps over restarts what must be known of a rule: whether it is enabled, when it fired last, and where it waits. */
export class RuleMemory {
  readonly #kept: Kept<KeptRule>;
  readonly #steps: string;

  constructor(store: Store, id: string, steps: readonly Step[]) {
    this.#kept = store.keep(id, schema, { enabled: null, last_fired_ms: null, last_by: null, waiting: null });
    this.#steps = JSON.stringify(steps);
  }

  get enabled(): boolean | undefined {
    return this.#kept.value.enabled ?? undefined;
  }

  set enabled(enabled: boolean) {
    this.#change({ enabled }, "now");
  }

  get lastFiredMs(): number | undefined {
    return this.#kept.value.last_fired_ms ?? undefined;
  }

  get lastBy(): string | undefined {
    return this.#kept.value.last_by ?? undefined;
  }

  /** The disk is told when something else is stored. */
  fired(atMs: number | undefined, by: string): void {
    this.#change({ last_fired_ms: atMs ?? null, last_by: by }, "later");
  }

  /** Where the rule waits. Steps that were changed in devices.yaml since are not those that were begun, so they are not gone on with. */
  get waiting(): WaitingStep | undefined {
    const { waiting } = this.#kept.value;
    if (waiting === null || waiting.steps !== this.#steps) return undefined;
    return { step: waiting.step, deadline: { sinceMs: waiting.sinceMs, dueMs: waiting.dueMs } };
  }

  /** Stores where the rule waits now; undefined: nowhere. */
  wait(waiting: WaitingStep | undefined): void {
    if (waiting === undefined && this.#kept.value.waiting === null) return;
    const kept = waiting && { step: waiting.step, ...waiting.deadline, steps: this.#steps };
    this.#change({ waiting: kept ?? null }, "now");
  }

  #change(changed: Partial<KeptRule>, when: KeepWhen): void {
    this.#kept.set({ ...this.#kept.value, ...changed }, when);
  }
}
