import type { Rule } from "../../core/rules/rule.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";

/** More devices than this are not tried out. A loop of so many rules is stopped at work. */
const mostDevices = 8;
/** Rules that come to rest by themselves need fewer firings than this. */
const endless = 100;

/**
 * Finds rules that set each other off for ever. Rules that come to rest by themselves, such as two lamps that are switched together, are
 * right. Rules with a condition or a wait may be meant; a loop of them is stopped at work.
 */
export function loopProblems(rules: readonly Rule[], source: SourceDocument): Problem[] {
  const bare = rules.filter((rule) => rule.if === undefined && !rule.steps.some((step) => step.do === "wait"));
  const told = new Set<string>();
  const next = followers(bare);
  return bare.flatMap((rule) => {
    const circle = circleFrom(rule, next);
    const ids = (circle ?? []).map(({ id }) => id);
    const name = [...ids].sort().join(" ");
    if (circle === undefined || told.has(name) || !isEndless(circle)) return [];
    told.add(name);
    const path = ["rules", rule.id, "then"];
    const sentence = `the rules ${[...ids, rule.id].join(" > ")} would set each other off for ever; give one of them a condition, or take it out`;
    return [{ path: path.join("."), place: source.placeOfValue(path), sentence }];
  });
}

/** What a rule does to a device that can be switched. */
interface Outcome {
  readonly device: string;
  readonly state: "ON" | "OFF" | "TOGGLE";
}

function outcomes(rule: Rule): readonly Outcome[] {
  return rule.steps.flatMap((step): Outcome[] => {
    if (step.do !== "command") return [];
    const { device, command } = step;
    const sent = typeof command === "object" && command !== null ? Object(command).state : command;
    const state = String(sent).toUpperCase();
    return state === "ON" || state === "OFF" || state === "TOGGLE" ? [{ device, state }] : [];
  });
}

/** Whether a device that gets this state sets the rule off. */
function isSetOffBy(rule: Rule, device: string, state: string): boolean {
  return rule.when.some((one) => one.on === "state" && one.device === device && one.state === state && one.forMs === 0);
}

/** For each rule: the rules that it may set off, in the order of the file. */
function followers(rules: readonly Rule[]): ReadonlyMap<Rule, readonly Rule[]> {
  const byDevice = new Map<string, Set<Rule>>();
  for (const rule of rules)
    for (const one of rule.when)
      if (one.on === "state") byDevice.set(one.device, (byDevice.get(one.device) ?? new Set()).add(rule));
  const place = new Map(rules.map((rule, index) => [rule, index]));
  return new Map(
    rules.map((rule) => {
      const set = outcomes(rule).flatMap(({ device, state }) => {
        const words = state === "TOGGLE" ? ["ON", "OFF"] : [state];
        return [...(byDevice.get(device) ?? [])].filter((next) => words.some((word) => isSetOffBy(next, device, word)));
      });
      return [rule, [...new Set(set)].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))] as const;
    }),
  );
}

/** The shortest way from a rule back to itself. */
function circleFrom(rule: Rule, followers: ReadonlyMap<Rule, readonly Rule[]>): readonly Rule[] | undefined {
  const after = (way: readonly [Rule, ...Rule[]]) => followers.get(way.at(-1) ?? rule) ?? [];
  let ways: readonly (readonly [Rule, ...Rule[]])[] = [[rule]];
  const seen = new Set<Rule>();
  while (ways.length > 0) {
    const ended = ways.find((way) => after(way).includes(rule));
    if (ended !== undefined) return ended;
    ways = ways.flatMap((way) =>
      after(way)
        .filter((next) => next !== rule && !seen.has(next))
        .map((next): readonly [Rule, ...Rule[]] => {
          seen.add(next);
          return [...way, next];
        }),
    );
  }
  return undefined;
}

/** Tries the rules out, from each combination of states of their devices. */
function isEndless(circle: readonly Rule[]): boolean {
  const devices = [...new Set(circle.flatMap(outcomes).map(({ device }) => device))];
  if (devices.length > mostDevices) return false;
  const combinations = Array.from({ length: 2 ** devices.length }, (_, number) =>
    devices.map((device, bit) => [device, (number >> bit) % 2 === 1 ? "ON" : "OFF"] as const),
  );
  return combinations.some((states) => circle.some((first) => goesOn(first, circle, new Map(states))));
}

function goesOn(first: Rule, rules: readonly Rule[], states: Map<string, string>): boolean {
  const waiting = [first];
  for (let fired = 0; fired < endless; fired += 1) {
    const rule = waiting.shift();
    if (rule === undefined) return false;
    for (const { device, state } of outcomes(rule)) {
      const before = states.get(device);
      const next = state === "TOGGLE" ? (before === "ON" ? "OFF" : "ON") : state;
      states.set(device, next);
      if (next !== before) waiting.push(...rules.filter((one) => isSetOffBy(one, device, next)));
    }
  }
  return true;
}
