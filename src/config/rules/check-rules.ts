import * as z from "zod";
import type { Rule } from "../../core/rules/rule.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { idPattern } from "../schema/config-schemas.ts";
import { checkCondition } from "./check-condition.ts";
import { checkStep } from "./check-step.ts";
import { checkTrigger } from "./check-trigger.ts";
import { loopProblems } from "./loops.ts";
import { RuleChecks, type RuleKnown } from "./rule-checks.ts";
import { ruleOptions } from "./rule-options.ts";

/** What users write below `then`. */
const thenKey = "then";
const options = z.strictObject({
  when: z.unknown().optional(),
  if: z.unknown().optional(),
  [thenKey]: z.unknown().optional(),
  ...ruleOptions,
});
const idAdvice = "write it with letters, digits, - and _, at most 64 of them";

const missing = {
  when: 'write what sets the rule off, such as "when: {device: hall-button, event: single}"',
  [thenKey]: 'write what the rule does, such as "then: {device: hall-lamp, command: toggle}"',
};

/** The rules that are right, and what is wrong with the others. */
export interface CheckedRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

/** Checks the section `rules`. Whatever a rule names must be there: devices, measures, events, commands and other rules. */
export function checkRules(written: unknown, source: SourceDocument, known: Omit<RuleKnown, "ruleIds">): CheckedRules {
  const checks = new RuleChecks(source, { ...known, ruleIds: isMapping(written) ? Object.keys(written) : [] });
  if (!isMapping(written)) {
    checks.refuse(["rules"], "the rules are not a group; write each below an id of its own, such as hall-switch");
    return { rules: [], problems: checks.problems };
  }
  const rules = Object.entries(written).flatMap(([id, rule]) => checkRule(id, rule, checks) ?? []);
  return { rules, problems: [...checks.problems, ...loopProblems(rules, source)] };
}

function checkRule(id: string, written: unknown, checks: RuleChecks): Rule | undefined {
  const path = ["rules", id];
  if (!idPattern.test(id)) return checks.refuseKey(path, `"${id}" is not an id; ${idAdvice}`);
  if (!isMapping(written)) return checks.refuse(path, 'is not a rule; write "when:" and "then:" below it, indented');
  const data = checks.parse(options, written, path, "a rule");
  for (const key of ["when", thenKey] as const)
    if (written[key] === undefined || written[key] === null)
      checks.refuseAbsent([...path, key], `is missing; ${missing[key]}`);
  const when = each(written["when"], [...path, "when"], (one, at) => checkTrigger(one, at, checks), checks);
  const condition =
    written["if"] === undefined || written["if"] === null
      ? undefined
      : checkCondition(written["if"], [...path, "if"], checks);
  const steps = each(written[thenKey], [...path, thenKey], (one, at) => checkStep(one, at, checks), checks);
  const isWhole = (written["if"] ?? undefined) === undefined || condition !== undefined;
  if (data === undefined || when === undefined || steps === undefined || !isWhole) return undefined;
  const { name, mode, enabled, home_assistant: homeAssistant } = data;
  return { id, name, when, if: condition, steps, mode, enabled, homeAssistant };
}

/** Checks one group, or each of a list. Undefined if any of them is wrong, or if there are none. */
function each<Checked>(
  written: unknown,
  path: Path,
  check: (one: unknown, path: Path) => Checked | undefined,
  checks: RuleChecks,
): readonly Checked[] | undefined {
  if (written === undefined || written === null) return undefined;
  if (Array.isArray(written) && written.length === 0)
    return checks.refuse(path, "is an empty list; write at least one");
  const all = Array.isArray(written)
    ? written.map((one, index) => check(one, [...path, index]))
    : [check(written, path)];
  return all.includes(undefined) ? undefined : (all as Checked[]);
}
