import * as z from "zod";
import { commandSchema, type DeviceSettings, topicsOf } from "../../core/device-settings.ts";
import type { Entity } from "../../core/entity.ts";

/** One option for Home Assistant, written for one entity or for all of a device. */
export interface GivenOption {
  readonly key: string;
  readonly value: unknown;
  /** All options that are written for the same entity, with this one. */
  readonly beside: Readonly<Record<string, unknown>>;
  /** The entities for which it is. */
  readonly entities: readonly Entity[];
  readonly device: DeviceSettings;
}

/** The long words for Home Assistant's abbreviations (homeassistant/components/mqtt/abbreviations.py). */
const longWords: Readonly<Record<string, string>> = {
  avty: "availability",
  avty_mode: "availability_mode",
  avty_t: "availability_topic",
  avty_tpl: "availability_template",
  bri_scl: "brightness_scale",
  clr_temp_k: "color_temp_kelvin",
  cmd_t: "command_topic",
  e: "encoding",
  pl_avail: "payload_available",
  pl_cls: "payload_close",
  pl_lock: "payload_lock",
  pl_not_avail: "payload_not_available",
  pl_off: "payload_off",
  pl_on: "payload_on",
  pl_open: "payload_open",
  pl_prs: "payload_press",
  pl_unlk: "payload_unlock",
  ret: "retain",
  stat_clsd: "state_closed",
  stat_locked: "state_locked",
  stat_off: "state_off",
  stat_on: "state_on",
  stat_open: "state_open",
  stat_t: "state_topic",
  stat_unlocked: "state_unlocked",
  stat_val_tpl: "state_value_template",
  sup_clrm: "supported_color_modes",
  uniq_id: "unique_id",
  val_tpl: "value_template",
};

/** Options about identity and availability. The agent decides them for every device. */
const always: Readonly<Record<string, string>> = {
  p: "is written platform; write that",
  unique_id: "is the agent's, made of its id, the device's and the entity's, and never changes; remove the line",
  ...Object.fromEntries(
    [
      "availability",
      "availability_mode",
      "availability_topic",
      "availability_template",
      "payload_available",
      "payload_not_available",
    ].map((key) => [key, "is the agent's, which says on topics of its own what is there; remove the line"]),
  ),
};

/** Options with which the agent says how it writes commands and states. Any other value would break both. */
const forms = ["schema", "brightness_scale", "supported_color_modes", "color_temp_kelvin"];
/** The same, for those entities only where the agent says them. */
const formsWhereSaid = ["speed_range_max", "temperature_unit"];
/** Lists of words that are sent as commands. A user may leave some out. */
const wordLists = ["available_tones", "effect_list", "options", "preset_modes"];

/**
 * Why an option cannot be set by a user: the agent decides it, and another value would break commands, states or the identity. Undefined
 * for all other options, which are passed to Home Assistant unchanged.
 */
export function ownedByAgent(option: GivenOption): string | undefined {
  const key = longWords[option.key] ?? option.key;
  const { device, entities, value } = option;
  if (key in always) return always[key];
  const { commands, state } = topicsOf(device);
  if (key === "state_topic") {
    const own = entities.map(({ topics = {} }) => (topics[key] ? `${device.topic}/${topics[key]}` : state));
    return own.every((topic) => topic === value) ? undefined : mustBe("the state is said", own[0] ?? state);
  }
  if (key === "platform" && value !== "event" && entities.some(({ platform }) => platform === "event"))
    return "cannot be: what happens in an instant is shown as an event; remove the line, or write it below the key of another entity";
  if (key === "event_types") return "is the agent's, which says what can happen; remove the line";
  if (key === "encoding" && !/^utf-?8$/i.test(String(value)))
    return "is the agent's, which writes UTF-8; remove the line";
  if (commands.length === 0) return undefined;
  if (key === "command_topic")
    return commands.includes(String(value)) ? undefined : mustBe("commands are heard", commands.join(" and "));
  if (key === "retain")
    return value === false
      ? undefined
      : "makes Home Assistant's commands ones to be kept, which are refused; remove the line";
  const isSaid = entities.some(({ settings }) => settings?.[key] !== undefined);
  if (isSaid && wordLists.includes(key)) return unknownWords(key, option);
  if (forms.includes(key) || (isSaid && formsWhereSaid.includes(key))) {
    const isSame = entities.every(({ settings }) => JSON.stringify(settings?.[key]) === JSON.stringify(value));
    return isSame ? undefined : "is the agent's, which says how it writes states and reads commands; remove the line";
  }
  return ownWord(key, option);
}

/** Checks a list of words that Home Assistant may send: the device must know each of them. */
function unknownWords(key: string, { entities, value }: GivenOption): string | undefined {
  const known = entities.flatMap(({ settings }) => (settings?.[key] as readonly string[] | undefined) ?? []);
  const unknown = [value].flat().filter((word) => !known.includes(String(word)));
  if (unknown.length === 0) return undefined;
  return `has ${unknown.join(", ")}, which the device does not know; write some of ${known.join(", ")}`;
}

function mustBe(what: string, topics: string): string {
  return `is the agent's: ${what} on ${topics}; remove the line, or change the device's topic`;
}

/** Checks an option that gives a word for on or off. The agent must publish or understand the word. */
function ownWord(key: string, { value, beside, device, entities }: GivenOption): string | undefined {
  const { state } = device.kind;
  const command = commandSchema(device);
  if (command === undefined || !(state instanceof z.ZodEnum)) return undefined;
  const said = state.options.map(String);
  if (key === "value_template" || key === "state_value_template")
    return `is the agent's, whose state is ${said.join(" or ")} and nothing else; remove the line`;
  const word = String(value);
  if (/^state_(on|off|open|closed|locked|unlocked)$/.test(key))
    return said.includes(word) ? undefined : `is never said; the state is ${said.join(" or ")}`;
  if (!/^payload_(on|off|open|close|lock|unlock|press)$/.test(key)) return undefined;
  if (!command.safeParse(decoded(word)).success)
    return `is no command to the kind ${device.kind.kind}; write one, such as ${said[0]}, or remove the line`;
  // Some platforms use this option for the word of the state too, unless another option says that word.
  const stateKey = key.replace("payload", "state");
  const isState = key === "payload_on" || key === "payload_off";
  if (!isState || said.includes(word) || said.includes(String(beside[stateKey]))) return undefined;
  const canSayState = entities.every(({ platform }) => platform === "switch" || platform === "siren");
  return `is what Home Assistant waits for as the state too, which is ${said.join(" or ")}; ${
    canSayState ? `write ${stateKey}: ${key.endsWith("on") ? "ON" : "OFF"} beside it` : "remove the line"
  }`;
}

/** The text of a command as the agent reads it. */
function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
