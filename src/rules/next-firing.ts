import type { Rule } from "../core/rules/rule.ts";
import { nextCron } from "../core/time/cron.ts";
import type { RuleTime } from "./rule-ports.ts";
import { nextSun } from "./times/sun.ts";

/** When the clock or the sun sets a rule off next after this moment; undefined if neither does. */
export function nextFiring(rule: Rule, after: Date, { timeZone, place }: Pick<RuleTime, "timeZone" | "place">) {
  const moments = rule.when.flatMap((one) => {
    if (one.on === "cron") return nextCron(one.cron, after, timeZone) ?? [];
    return one.on === "sun" && place !== undefined ? (nextSun(one.sun, one.offsetMs, after, place) ?? []) : [];
  });
  return moments.length === 0 ? undefined : new Date(Math.min(...moments.map(Number)));
}
