import type { Condition, Weekday } from "../../core/rules/condition.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import { checkBounds, hasPlace } from "./check-trigger.ts";
import { conditionForms } from "./condition-forms.ts";
import type { RuleChecks } from "./rule-checks.ts";
import { secondsOf } from "./rule-words.ts";

const called = "a condition";
type Form = keyof typeof conditionForms;
const forms = Object.keys(conditionForms) as Form[];
const joints = ["any", "all", "not"] as const;

/** Conditions that stand in one group, deeper than this, are nobody's. */
const deepest = 20;

/** Checks what must be so: one group, whose conditions must all be so, or a list of such groups. */
export function checkCondition(written: unknown, path: Path, checks: RuleChecks): Condition | undefined {
  if (path.length > deepest) return checks.refuse(path, "the conditions are nested too deeply; write fewer levels");
  if (Array.isArray(written) && written.length === 0)
    return checks.refuse(path, "is an empty list; write at least one condition or remove the line");
  if (Array.isArray(written)) return joined("all", checkList(written, path, checks));
  const names = [...joints, "device", ...forms];
  const form = checks.form(written, path, names, called);
  if (form === undefined || !isMapping(written)) return undefined;
  const parts = partsOf(written);
  const wrong = Object.keys(written).filter((key) => !parts.some(({ keys }) => keys.includes(key)));
  for (const key of wrong)
    checks.refuseKey(
      [...path, key],
      `there is no "${key}" for a condition${didYouMean(key, allKeys) || `; there are ${names.join(", ")}`}`,
    );
  const checked = parts.map(({ form: one, keys }) => {
    if (one === "device")
      return checks.refuseKey(
        [...path, "device"],
        'what of the device is missing; add "state: …" or "availability: …"',
      );
    if (one === "any" || one === "all" || one === "not") return checkJoint(one, written[one], [...path, one], checks);
    const group = Object.fromEntries(Object.entries(written).filter(([key]) => keys.includes(key)));
    return checkForm(one, group, path, checks);
  });
  return wrong.length > 0 ? undefined : joined("all", checked);
}

function checkJoint(
  joint: (typeof joints)[number],
  written: unknown,
  path: Path,
  checks: RuleChecks,
): Condition | undefined {
  if (joint === "not") {
    const of = checkCondition(written, path, checks);
    return of && { is: "not", of };
  }
  if (!Array.isArray(written) || written.length === 0)
    return checks.refuse(
      path,
      `${checks.written(path)} is not a list of conditions; write "${joint}:" and each condition below it, with a dash`,
    );
  return joined(joint, checkList(written, path, checks));
}

function checkList(written: readonly unknown[], path: Path, checks: RuleChecks): readonly (Condition | undefined)[] {
  return written.map((one, index) => checkCondition(one, [...path, index], checks));
}

function joined(is: "all" | "any", of: readonly (Condition | undefined)[]): Condition | undefined {
  const [first, ...others] = of;
  if (of.includes(undefined)) return undefined;
  return others.length === 0 && is === "all" ? first : { is, of: of as readonly Condition[] };
}

/** The keys that belong to each form. */
const keysOf = (form: Form): readonly string[] => Object.keys(conditionForms[form].shape);
const allKeys = [...joints, ...forms.flatMap(keysOf)];

/** The conditions that one group has. */
function partsOf(written: Readonly<Record<string, unknown>>) {
  const found = forms.filter((form) => form in written);
  const parts: { readonly form: Form | (typeof joints)[number] | "device"; readonly keys: readonly string[] }[] = [
    ...joints.filter((joint) => joint in written).map((joint) => ({ form: joint, keys: [joint] })),
    ...found.map((form) => ({ form, keys: keysOf(form) })),
  ];
  const lacksMore = "device" in written && !found.some((form) => form === "state" || form === "availability");
  return lacksMore ? [...parts, { form: "device" as const, keys: ["device"] }] : parts;
}

function checkForm(form: Form, written: unknown, path: Path, checks: RuleChecks): Condition | undefined {
  switch (form) {
    case "availability": {
      const data = checks.parse(conditionForms.availability, written, path, called);
      if (data === undefined || checks.device([...path, "device"], data.device) === undefined) return undefined;
      return { is: "availability", ...data };
    }
    case "state": {
      const data = checks.parse(conditionForms.state, written, path, called);
      const device = data && checks.device([...path, "device"], data.device);
      const state = device && checks.stateWord(device, data.state, [...path, "state"]);
      return state === undefined || data === undefined ? undefined : { is: "state", device: data.device, state };
    }
    case "measure": {
      const data = checks.parse(conditionForms.measure, written, path, called);
      if (data === undefined) return undefined;
      const found = checks.measure(data.measure, [...path, "measure"]);
      const bounds = checkBounds(data, path, checks);
      return found && bounds && { is: "measure", ...found, bounds };
    }
    case "time": {
      const data = checks.parse(conditionForms.time, written, path, called);
      return data && { is: "time", after: secondsOf(data.time.after), before: secondsOf(data.time.before) };
    }
    case "weekday": {
      const data = checks.parse(conditionForms.weekday, written, path, called);
      return data && { is: "weekday", days: [data.weekday].flat() as Weekday[] };
    }
    case "sun": {
      const data = checks.parse(conditionForms.sun, written, path, called);
      return data && hasPlace([...path, "sun"], checks) ? { is: "sun", sun: data.sun } : undefined;
    }
    case "broker": {
      const data = checks.parse(conditionForms.broker, written, path, called);
      return data && { is: "broker", broker: data.broker };
    }
  }
}
