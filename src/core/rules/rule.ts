import type { Condition } from "./condition.ts";
import type { Step } from "./step.ts";
import type { Trigger } from "./trigger.ts";

/**
 * What happens when a rule is set off while it still runs, in Home Assistant's words (home-assistant.io/docs/automation/modes). `single`:
 * nothing. `restart`: it begins anew. `queued`: it runs again afterwards.
 */
export const ruleModes = ["single", "restart", "queued"] as const;

/** One of {@link ruleModes}. */
export type RuleMode = (typeof ruleModes)[number];

/** One rule of devices.yaml, checked. */
export interface Rule {
  readonly id: string;
  /** What people call it; undefined when the name is made of the id. */
  readonly name: string | undefined;
  /** Each of these sets the rule off. */
  readonly when: readonly Trigger[];
  /** What must be so at that moment; undefined: nothing. */
  readonly if: Condition | undefined;
  /** What it does, one after the other. */
  readonly steps: readonly Step[];
  readonly mode: RuleMode;
  /** Whether it works at the first start. Later the last word by MQTT counts. */
  readonly enabled: boolean;
  /** Whether Home Assistant gets a switch for it. */
  readonly homeAssistant: boolean;
}
