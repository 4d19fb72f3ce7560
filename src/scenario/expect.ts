import * as z from "zod";
import { commandSchema, type DeviceSettings } from "../core/device.ts";
import type { Expect, SendCommand, WantedValue } from "../core/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { ScenarioChecks } from "./checks.ts";

/** Checks `command`: a word or a number is sent as text, a group as JSON. The device must understand it. */
export function checkCommand(
  device: DeviceSettings,
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly SendCommand[] {
  const { kind } = device.kind;
  const schema = commandSchema(device);
  if (schema === undefined) return checks.refuseKey(path, `a ${kind} takes no commands`);
  const understood = schema.safeParse(written);
  if (!understood.success) {
    const reasons = understood.error.issues.map(({ message }) => message).join("; ");
    return checks.refuse(path, `${checks.written(path)} is not a command for a ${kind}; ${reasons}`);
  }
  return [{ verb: "command", payload: isMapping(written) ? JSON.stringify(written) : String(written) }];
}

/** The parts of a state's JSON Schema that say how the state can be written. */
interface StateSchema {
  readonly enum?: readonly string[];
  readonly anyOf?: readonly StateSchema[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Checks `expect`: `online`, `offline`, the word of the state, or its values by name. */
export function checkExpect(
  withinMs: number,
  device: DeviceSettings,
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly Expect[] {
  const expect = (wanted: Expect["wanted"]): readonly Expect[] => [{ verb: "expect", wanted, withinMs }];
  if (written === "online" || written === "offline") return expect({ availability: written });
  const { properties, words } = statesOf(device);
  if (isMapping(written)) {
    if (properties === undefined)
      return checks.refuse(path, `a ${device.kind.kind} says one word; write it, or online or offline`);
    const known = checks.known(path, written, Object.keys(properties), `"${device.id}"`);
    const values = Object.entries(known).map(([name, value]) => {
      const words = wordsOf(properties[name] as StateSchema);
      return [name, checkValue(value, words, [...path, name], checks)];
    });
    if (values.some(([, value]) => value === undefined)) return [];
    return expect({ values: Object.fromEntries(values) });
  }
  if (properties !== undefined && words === undefined)
    return checks.refuse(
      path,
      `${checks.written(path)} is not what a ${device.kind.kind} says; write its values, such as {${Object.keys(properties)[0]}: …}, or online or offline`,
    );
  const word = words?.find((one) => one.toLowerCase() === String(written).toLowerCase());
  if (words === undefined) return expect({ word: String(written) });
  return word === undefined ? checks.refuseWord(path, [...words, "online", "offline"]) : expect({ word });
}

/** The values and the words that a device can say. Some say either, by their options. */
function statesOf({
  kind,
}: DeviceSettings): Pick<StateSchema, "properties"> & { words?: readonly string[] | undefined } {
  const schema = z.toJSONSchema(kind.state) as StateSchema;
  const forms = schema.anyOf ?? [schema];
  const properties = forms.find((form) => form.properties !== undefined)?.properties;
  return { ...(properties && { properties }), words: wordsOf({ anyOf: forms }) };
}

/** The words that a value can be, if its schema lists them. Null may be among them. */
function wordsOf({ enum: words, anyOf = [] }: StateSchema): readonly string[] | undefined {
  return words ?? anyOf.find(({ enum: some }) => some !== undefined)?.enum;
}

/** Checks one value: a plain value, null for what is not known, or a list of the lowest and the highest number. */
function checkValue(
  written: unknown,
  words: readonly string[] | undefined,
  path: Path,
  checks: ScenarioChecks,
): WantedValue | undefined {
  if (written === null) return written;
  if (words !== undefined) {
    const word = words.find((one) => one.toLowerCase() === String(written).toLowerCase());
    if (word === undefined) checks.refuseWord(path, words);
    return word;
  }
  if (typeof written === "number" || typeof written === "string" || typeof written === "boolean") return written;
  if (Array.isArray(written) && written.length === 2) {
    const [from, to] = written;
    if (typeof from === "number" && typeof to === "number" && from <= to) return { from, to };
  }
  checks.refuse(path, `${checks.written(path)} is not a value; write one, or the lowest and the highest, as [20, 25]`);
  return undefined;
}
