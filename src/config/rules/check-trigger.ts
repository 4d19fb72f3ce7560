import { toldEvents } from "../../core/events.ts";
import type { Bounds } from "../../core/rules/bounds.ts";
import type { Trigger, WantedPayload } from "../../core/rules/trigger.ts";
import { cronProblem } from "../../core/time/cron.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { RuleChecks } from "./rule-checks.ts";
import { triggerForms } from "./trigger-forms.ts";

const called = "what sets a rule off";
const names = Object.keys(triggerForms) as (keyof typeof triggerForms)[];

/** Checks one way in which a rule is set off. */
export function checkTrigger(written: unknown, path: Path, checks: RuleChecks): Trigger | undefined {
  // Whoever names only a device has forgotten what of it.
  const isDevice = isMapping(written) && "device" in written && !names.some((name) => name in written);
  if (isDevice)
    return checks.refuse(path, 'what of the device is missing; add "event: …", "state: …" or "availability: …"');
  const form = checks.form(written, path, names, called);
  switch (form) {
    case undefined:
      return undefined;
    case "event": {
      const data = checks.parse(triggerForms.event, written, path, called);
      return data && checkEvent(data, path, checks);
    }
    case "availability": {
      const data = checks.parse(triggerForms.availability, written, path, called);
      if (data === undefined || checks.device([...path, "device"], data.device) === undefined) return undefined;
      return { on: "availability", device: data.device, availability: data.availability, forMs: data.for ?? 0 };
    }
    case "state": {
      const data = checks.parse(triggerForms.state, written, path, called);
      const device = data && checks.device([...path, "device"], data.device);
      const state = device && checks.stateWord(device, data.state, [...path, "state"]);
      return state === undefined
        ? undefined
        : { on: "state", device: data?.device ?? "", state, forMs: data?.for ?? 0 };
    }
    case "measure": {
      const data = checks.parse(triggerForms.measure, written, path, called);
      if (data === undefined) return undefined;
      const found = checks.measure(data.measure, [...path, "measure"]);
      const bounds = checkBounds(data, path, checks);
      if (found === undefined || bounds === undefined) return undefined;
      return { on: "measure", ...found, bounds, hysteresis: data.hysteresis, forMs: data.for ?? 0 };
    }
    case "time": {
      const data = checks.parse(triggerForms.time, written, path, called);
      if (data === undefined) return undefined;
      const [hours, minutes, seconds = 0] = data.time.split(":").map(Number);
      return { on: "cron", cron: `${seconds} ${minutes} ${hours} * * *`, written: `time ${data.time}` };
    }
    case "cron": {
      const data = checks.parse(triggerForms.cron, written, path, called);
      if (data === undefined) return undefined;
      const problem = cronProblem(data.cron);
      if (problem === undefined) return { on: "cron", cron: data.cron, written: `cron ${data.cron}` };
      const advice = 'write minute, hour, day, month and weekday, such as "0 7 * * mon-fri"';
      return checks.refuse(
        [...path, "cron"],
        `${checks.written([...path, "cron"])} is no pattern of cron: ${problem}; ${advice}`,
      );
    }
    case "sun": {
      const data = checks.parse(triggerForms.sun, written, path, called);
      if (data === undefined || !hasPlace([...path, "sun"], checks)) return undefined;
      return { on: "sun", sun: data.sun, offsetMs: data.offset };
    }
    case "topic": {
      const data = checks.parse(triggerForms.topic, written, path, called);
      if (data === undefined) return undefined;
      const owner = checks.known.ownerOf(data.topic);
      if (owner !== undefined) return checks.refuse([...path, "topic"], owner);
      return { on: "message", topic: data.topic, payload: checkPayload(data.payload, [...path, "payload"], checks) };
    }
    case "broker": {
      const data = checks.parse(triggerForms.broker, written, path, called);
      return data && { on: "broker", broker: data.broker, forMs: data.for ?? 0 };
    }
    case "agent":
      return checks.parse(triggerForms.agent, written, path, called) && { on: "start" };
  }
}

/** Checks that devices.yaml says where the house is, which the sun needs. */
export function hasPlace(path: Path, checks: RuleChecks): boolean {
  if (checks.known.hasPlace) return true;
  checks.refuse(
    path,
    'the sun needs a place; add "location: {latitude: 48.85, longitude: 2.35}" below "agent:", with your own numbers',
  );
  return false;
}

/** Checks where a number must be: above, below, or both, or between. */
export function checkBounds({ above, below, between }: Bounds, path: Path, checks: RuleChecks): Bounds | undefined {
  if (above === undefined && below === undefined && between === undefined)
    return checks.refuse(
      path,
      'where the number must be is missing; add "above: …", "below: …" or "between: [18, 22]"',
    );
  if (between !== undefined && (above !== undefined || below !== undefined))
    return checks.refuse([...path, "between"], "there is above or below too; write one or the other");
  if (above !== undefined && below !== undefined && above >= below)
    return checks.refuse(
      [...path, "above"],
      `no number is above ${above} and below ${below}; write the lower number for above`,
    );
  return { above, below, between };
}

function checkEvent(
  { device: id, event: type }: { device: string; event: string },
  path: Path,
  checks: RuleChecks,
): Trigger | undefined {
  const device = checks.device([...path, "device"], id);
  if (device === undefined) return undefined;
  const at = [...path, "event"];
  const all = Object.entries(toldEvents(device.kind, device.options)).flatMap(([event, types]) =>
    types.map((one) => ({ event, type: one })),
  );
  if (all.length === 0)
    return checks.refuse(
      at,
      `"${id}" is a ${device.kind.kind}, which tells no events; write "state: …" with a word that it says`,
    );
  const found = all.find((one) => one.type === type || `${one.event}.${one.type}` === type);
  if (found !== undefined) return { on: "event", device: id, ...found };
  const types = [...new Set(all.map((one) => one.type))];
  return checks.refuse(
    at,
    `"${id}" tells no event ${checks.written(at)}${didYouMean(type, types) || `; it tells ${types.join(", ")}`}`,
  );
}

function checkPayload(payload: unknown, path: Path, checks: RuleChecks): WantedPayload | undefined {
  if (payload === undefined || !isMapping(payload)) return payload === undefined ? undefined : String(payload);
  const [entry, ...others] = Object.entries(payload);
  if (entry === undefined || others.length > 0)
    return checks.refuse(path, "is not one value; write one key with its value, such as {action: single}");
  const [key, value] = entry;
  if (typeof value === "object" && value !== null)
    return checks.refuse(
      [...path, key],
      `is a group; write the keys with points between them, such as {${key}.state: ON}`,
    );
  return { key, value: value as string | number | boolean | null };
}
