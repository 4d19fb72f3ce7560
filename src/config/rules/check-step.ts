import { commandSchema } from "../../core/device-settings.ts";
import { saidValues, saidWords } from "../../core/house/said-by.ts";
import type { Payload, Step } from "../../core/rules/step.ts";
import type { Path } from "../../yaml/path.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { RuleChecks } from "./rule-checks.ts";
import { stepForms } from "./step-forms.ts";

const called = "a step";

/** Checks one step of what a rule does. */
export function checkStep(written: unknown, path: Path, checks: RuleChecks): Step | undefined {
  const form = checks.form(written, path, Object.keys(stepForms) as (keyof typeof stepForms)[], called);
  switch (form) {
    case undefined:
      return undefined;
    case "device": {
      const data = checks.parse(stepForms.device, written, path, called);
      return data && checkCommand(data.device, data.command, path, checks);
    }
    case "publish": {
      const data = checks.parse(stepForms.publish, written, path, called);
      if (data === undefined) return undefined;
      const owner = checks.known.ownerOf(data.publish);
      if (owner !== undefined) return checks.refuse([...path, "publish"], owner);
      const payload = checkPayload(String(data.payload), [...path, "payload"], checks);
      return payload && { do: "publish", topic: data.publish, payload, retain: data.retain };
    }
    case "wait": {
      const data = checks.parse(stepForms.wait, written, path, called);
      return data && { do: "wait", ms: data.wait };
    }
    case "stop": {
      const data = checks.parse(stepForms.stop, written, path, called);
      if (data === undefined) return undefined;
      const { ruleIds } = checks.known;
      if (ruleIds.includes(data.stop)) return { do: "stop", rule: data.stop };
      const advice = didYouMean(data.stop, ruleIds) || `; there are ${ruleIds.join(", ")}`;
      return checks.refuse([...path, "stop"], `there is no rule "${data.stop}"${advice}`);
    }
  }
}

function checkCommand(id: string, command: unknown, path: Path, checks: RuleChecks): Step | undefined {
  const device = checks.device([...path, "device"], id);
  if (device === undefined) return undefined;
  const { kind } = device.kind;
  const schema = commandSchema(device);
  if (schema === undefined)
    return checks.refuse([...path, "device"], `"${id}" is a ${kind}, which takes no commands; name an output`);
  const at = [...path, "command"];
  const understood = schema.safeParse(command);
  if (understood.success) return { do: "command", device: id, command };
  const reasons = understood.error.issues.map(({ message }) => message).join("; ");
  return checks.refuse(at, `${checks.written(at)} is not a command for a ${kind}; ${reasons}`);
}

/** Finds the values in a text: `{{device}}` is the word that a device says, `{{device.measure}}` one of its values. */
function checkPayload(text: string, path: Path, checks: RuleChecks): Payload | undefined {
  let isRight = true;
  const parts = text.split(/(\{\{.*?\}\})/).flatMap((part): Payload => {
    const [, name] = /^\{\{\s*(.*?)\s*\}\}$/.exec(part) ?? [];
    if (name === undefined) return part === "" ? [] : [part];
    const value = checkValue(name, path, checks);
    isRight &&= value !== undefined;
    return value === undefined ? [] : [value];
  });
  return isRight ? parts : undefined;
}

function checkValue(name: string, path: Path, checks: RuleChecks): Exclude<Payload[number], string> | undefined {
  const [, id, value] = /^([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_]+))?$/.exec(name) ?? [];
  if (id === undefined)
    return checks.refuse(
      path,
      `"{{${name}}}" names no value; write a device's id, a point and a value, such as {{cellar-climate.temperature}}; nothing is computed`,
    );
  const device = checks.device(path, id);
  if (device === undefined) return undefined;
  if (value === undefined && saidWords(device)?.length !== 0) return { device: id, measure: undefined };
  const values = saidValues(device);
  const [first] = values;
  if (value !== undefined && !values.includes(value)) {
    const others =
      first === undefined ? `; write {{${id}}} for the word that it says` : `; it has ${values.join(", ")}`;
    return checks.refuse(path, `"${id}" has no value "${value}"${didYouMean(value, values) || others}`);
  }
  if (value === undefined && values.length > 1)
    return checks.refuse(path, `"${id}" has the values ${values.join(", ")}; write which, such as {{${id}.${first}}}`);
  return { device: id, measure: value ?? first };
}
