import type { Rule } from "../core/rules/rule.ts";
import { nextFiring } from "./next-firing.ts";
import { keptRule } from "./rule-memory.ts";
import type { RuleTime } from "./rule-ports.ts";
import { triggerText } from "./trigger-text.ts";

/** What a list of rules is made of. */
export interface ListedRules extends Pick<RuleTime, "timeZone" | "place"> {
  readonly rules: readonly Rule[];
  /** What the agent has stored of each rule, by id; undefined if it cannot be read. */
  readonly stored: Readonly<Record<string, unknown>> | undefined;
  readonly now: Date;
}

/** The rules for people: what sets each off, when it fired last and fires next. */
export function listRules(list: ListedRules): string {
  return list.rules.map((rule) => ruleLines(rule, list).join("\n")).join("\n\n");
}

function ruleLines(rule: Rule, { stored, now, timeZone, place }: ListedRules): readonly string[] {
  const kept = keptRule(stored?.[rule.id]);
  const isEnabled = kept?.enabled ?? rule.enabled;
  const next = isEnabled ? nextFiring(rule, now, { timeZone, place }) : undefined;
  const lastMs = kept?.last_fired_ms ?? undefined;
  const by = kept?.last_by ?? undefined;
  const last = lastMs === undefined ? by && "at a time that is not known" : timeText(new Date(lastMs), timeZone);
  return [
    `${rule.id}${rule.name === undefined ? "" : `  ${rule.name}`}${isEnabled ? "" : "  (switched off)"}`,
    ...rule.when.map((one, index) => `  ${index === 0 ? "when" : "or  "}  ${triggerText(one)}`),
    ...(next === undefined ? [] : [`  next  ${timeText(next, timeZone)}`]),
    ...(stored === undefined ? [] : [`  last  ${last === undefined ? "never" : `${last}, by ${by}`}`]),
  ];
}

function timeText(date: Date, timeZone: string | undefined): string {
  // Swedish writes a day and a time as ISO 8601 does.
  return date.toLocaleString("sv-SE", { timeZone });
}
