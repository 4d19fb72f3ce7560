import * as z from "zod";
import type { DeviceSettings } from "../../core/device-settings.ts";
import { type Entity, entityPlatforms } from "../../core/entity.ts";
import { topicProblem } from "../../core/messages/topic.ts";
import { useEntities } from "../../core/outputs/output-use.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import { clause } from "../sentences/clause.ts";
import { toProblems } from "../sentences/to-problems.ts";
import { trueOrFalse } from "../sentences/true-or-false.ts";
import { ownedByAgent } from "./agent-owned.ts";

/** An option that is a text for people. It must not be empty. */
export function label(description: string) {
  return z.string().min(1, { error: "is empty; write one or remove the line" }).optional().describe(description);
}

/** A topic, or the beginning of one, that must be the same in Home Assistant's settings. */
function plainTopic(usual: string) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem =
        text === "" || /[+#]/.test(text)
          ? `${text === "" ? "is empty" : "has a wildcard"}; write it as Home Assistant has it, such as ${usual}`
          : topicProblem(text);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    })
    .default(usual);
}

/** The section `home_assistant`. */
export const homeAssistant = z
  .strictObject({
    discovery: z
      .union([z.boolean(), z.literal("legacy")], {
        error: ({ input }) => `is not true, false or legacy${trueOrFalse(input)}`,
      })
      .default(true)
      .describe(
        "Whether Home Assistant is told of the devices by MQTT discovery; legacy for Home Assistant before 2024.11, openHAB before 2026 and Domoticz. Default: true.",
      ),
    prefix: plainTopic("homeassistant").describe("Home Assistant's discovery prefix. Default: homeassistant."),
    status_topic: plainTopic("homeassistant/status").describe(
      "Where Home Assistant says that it is online. Default: homeassistant/status.",
    ),
    name: label("What Home Assistant calls this machine. Default: the agent's id."),
    area: label("The area that Home Assistant suggests for this machine."),
  })
  .describe("About Home Assistant.");

const noEntityId =
  "is not an entity id; write it with lower-case letters, digits and single _, such as switch.office_lamp";

const options = {
  platform: z.enum(entityPlatforms).optional().describe("What it is shown as, in Home Assistant's words."),
  default_entity_id: z
    .union([z.literal(false), z.string().regex(/^[a-z_]+\.[a-z0-9]+(_[a-z0-9]+)*$/, { error: noEntityId })], {
      error: noEntityId,
    })
    .optional()
    .describe(
      "The entity id that Home Assistant begins with; false leaves it to Home Assistant, which makes it of the names. Default: made of the id.",
    ),
};

/** The options of one entity that are checked. */
const entityOptions = { discovery: z.boolean().optional(), ...options };

/** A device's options for Home Assistant. Unknown options are passed to Home Assistant unchanged. */
export const deviceInHomeAssistant = z
  .looseObject({
    discovery: z.boolean().optional().describe("False hides the device from Home Assistant. Default: true."),
    ...options,
  })
  .optional()
  .describe(
    "Options for Home Assistant, in its words, for all entities of the device, or below an entity's key for it.",
  );

/**
 * Finds groups of options below a key that no entity of the device has, since Home Assistant's own options are never groups. Finds options
 * that only the agent may set.
 */
export function entityProblems(device: DeviceSettings, source: SourceDocument): Problem[] {
  const { id, kind, options: chosen, homeAssistant: given = {} } = device;
  const entities = kind.entities(chosen);
  const all = [...entities, ...useEntities(device)];
  const keys = all.map(({ key }) => key);
  const path = ["devices", id, "home_assistant"];
  const owned = (some: readonly Entity[], written: object, above: readonly string[]) =>
    Object.entries(written).flatMap(([key, value]): Problem[] => {
      const at = [...above, key];
      const reason = isGroup(value)
        ? undefined
        : ownedByAgent({ key, value, beside: { ...given, ...written }, entities: some, device });
      if (reason === undefined) return [];
      const said = quoted(at, source.writtenValue(at) ?? String(value));
      return [{ path: pathText(at), place: source.placeOfValue(at), sentence: `${said} ${reason}` }];
    });
  return Object.entries(given).flatMap(([key, value]): Problem[] => {
    const at = [...path, key];
    if (!isGroup(value)) return owned(entities, { [key]: value }, path);
    if (!keys.includes(key)) {
      const advice = didYouMean(key, keys) || `; there ${keys.length === 1 ? "is" : "are"} ${keys.join(", ")}`;
      const sentence = `there is no entity "${key}" for the kind ${kind.kind}${advice}`;
      return [{ path: pathText(at), place: source.placeOfKey(at), sentence }];
    }
    const around = { path: at, called: `the entity ${key}`, knownKeys: Object.keys(entityOptions), example: {} };
    const { error } = z.looseObject(entityOptions).safeParse(value, { error: clause });
    return [
      ...(error?.issues ?? []).flatMap((issue) => toProblems(issue, source, around)),
      ...owned(
        all.filter((entity) => entity.key === key),
        value,
        at,
      ),
    ];
  });
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
