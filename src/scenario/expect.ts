import * as z from "zod";
import { commandSchema, type DeviceSettings } from "../core/device-settings.ts";
import { toldEvents } from "../core/events.ts";
import type { Expect, SendCommand, Wanted, WantedValue } from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { Group, ScenarioChecks } from "./checks.ts";
import { checkValue, isWhole, propertiesOf, type StateSchema, wordsOf } from "./expect-value.ts";

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

/** What an answer to a command can have, as docs/topics.md lists it. */
const answerKeys = ["accepted", "reason", "message", "waits_for", "wait"];

/**
 * Checks `expect`: `online`, `offline`, the word of the state, or a group. A group has values of the state by name, events by name, such as
 * `{action: double}`, and `answer` with values of the answer to the last command.
 */
export function checkExpect(
  withinMs: number,
  device: DeviceSettings,
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly Expect[] {
  const expect = (wanted: Expect["wanted"]): readonly Expect[] => [{ verb: "expect", wanted, withinMs }];
  if (written === "online" || written === "offline") return expect({ availability: written });
  const schema = z.toJSONSchema(device.kind.said?.(device.options) ?? device.kind.state) as StateSchema;
  const words = wordsOf(schema);
  const properties = propertiesOf(schema);
  if (isMapping(written)) return checkGroup(device, written, properties, path, checks).flatMap(expect);
  if (properties !== undefined && words === undefined)
    return checks.refuse(
      path,
      `${checks.written(path)} is not what a ${device.kind.kind} says; write its values, such as {${Object.keys(properties)[0]}: …}, or online or offline`,
    );
  const word = words?.find((one) => one.toLowerCase() === String(written).toLowerCase());
  if (words === undefined) return expect({ word: String(written) });
  return word === undefined ? checks.refuseWord(path, [...words, "online", "offline"]) : expect({ word });
}

function checkGroup(
  device: DeviceSettings,
  written: Group,
  properties: StateSchema["properties"],
  path: Path,
  checks: ScenarioChecks,
): readonly Wanted[] {
  const { kind } = device;
  const events = toldEvents(kind, device.options);
  const others = [...Object.keys(events), ...(kind.command === undefined ? [] : ["answer"])];
  if (properties === undefined && !Object.keys(written).some((key) => others.includes(key)))
    return checks.refuse(path, `a ${kind.kind} says one word; write it, or online or offline`);
  const known = checks.known(path, written, [...Object.keys(properties ?? {}), ...others], `"${device.id}"`);
  const values: Record<string, WantedValue | undefined> = {};
  const wanted: Wanted[] = [];
  for (const [name, value] of Object.entries(known)) {
    const at = [...path, name];
    const types = events[name];
    if (types !== undefined) wanted.push(...checkEvent(name, types, value, at, checks));
    else if (name === "answer" && others.includes(name)) wanted.push(...checkAnswer(value, at, checks));
    else values[name] = checkValue(value, properties?.[name] as StateSchema, at, checks);
  }
  return Object.keys(values).length === 0 || !isWhole(values) ? wanted : [{ values }, ...wanted];
}

function checkEvent(
  event: string,
  types: readonly string[],
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly Wanted[] {
  const type = types.find((one) => one === String(written).toLowerCase());
  return type === undefined ? checks.refuseWord(path, types) : [{ event, type }];
}

function checkAnswer(written: unknown, path: Path, checks: ScenarioChecks): readonly Wanted[] {
  if (!isMapping(written))
    return checks.refuse(path, `${checks.written(path)} is not an answer; write its values, such as {accepted: false}`);
  const known = checks.known(path, written, answerKeys, "an answer");
  const answer = Object.fromEntries(
    Object.entries(known).map(([name, value]) => [name, checkValue(value, {}, [...path, name], checks)]),
  );
  return isWhole(answer) ? [{ answer }] : [];
}
