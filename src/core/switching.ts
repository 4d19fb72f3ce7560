import * as z from "zod";
import { type CommandField, type CommandSchema, misunderstood, objectReader, understood, Wrong } from "./command.ts";
import { type OnOffAppearance, onOffAppearances } from "./entity.ts";

/** The state of everything that is on or off: `ON` or `OFF`, the default payloads of Home Assistant. */
export const onOff = z.enum(["ON", "OFF"]);

/** The state `ON` or `OFF`. */
export function onOffWord(on: boolean): z.output<typeof onOff> {
  return on ? "ON" : "OFF";
}

/** What the words of a command mean. */
type Wish = "on" | "off" | "toggle";

const words: ReadonlyMap<string, Wish> = new Map([
  ["on", "on"],
  ["true", "on"],
  ["off", "off"],
  ["false", "off"],
  ["toggle", "toggle"],
]);

/** Words that have one meaning only for a certain appearance (entity.ts): a valve is open while it is on. */
const ownWords: Partial<Record<OnOffAppearance, ReadonlyMap<string, Wish>>> = {
  valve: new Map([
    ["open", "on"],
    ["close", "off"],
  ]),
  lock: new Map([
    ["unlock", "on"],
    ["lock", "off"],
  ]),
};

/** `1`, `1.0`: some programs send true like this. */
const one = /^1(?:\.0+)?$/;
const zero = /^0(?:\.0+)?$/;

function wishIn(sent: unknown, own: ReadonlyMap<string, Wish> | undefined): Wish | undefined {
  if (typeof sent !== "string" && typeof sent !== "number" && typeof sent !== "boolean") return undefined;
  const word = String(sent).trim().toLowerCase();
  const wish = words.get(word) ?? own?.get(word);
  if (wish !== undefined) return wish;
  if (one.test(word)) return "on";
  return zero.test(word) ? "off" : undefined;
}

const commonWords = "on, off or toggle, 1 or 0, true or false";

/** The state as a field of a command: under our own key, Shelly's (`on`) or Tasmota's (`POWER`). */
export function stateField(appearance: OnOffAppearance = "switch"): CommandField<Wish> {
  const own = ownWords[appearance];
  const sentence = `say ${own === undefined ? "" : `${[...own.keys()].join(" or ")}, `}${commonWords}`;
  return { keys: ["state", "on", "power"], read: (sent) => wishIn(sent, own) ?? new Wrong(sentence) };
}

/** A command to something that is on or off, after parsing. */
export interface SwitchCommand {
  readonly state: Wish;
}

const switchCommands = Object.fromEntries(
  onOffAppearances.map((appearance) => [appearance, switchSchema(appearance)]),
) as Readonly<Record<OnOffAppearance, CommandSchema<SwitchCommand>>>;

/**
 * A command to something that is on or off: a word (`on off toggle 1 0 true false`, and the words of its appearance) or JSON such as
 * `{"state":"ON"}`. The runtime takes `on_time` and `off_time` out before. An unknown key is refused: with a misspelt `on_time` a pump would
 * run for ever.
 */
export function switchCommand(appearance: OnOffAppearance): CommandSchema<SwitchCommand> {
  return switchCommands[appearance];
}

function switchSchema(appearance: OnOffAppearance): CommandSchema<SwitchCommand> {
  const state = stateField(appearance);
  const readObject = objectReader(
    { state },
    (key) => `there is no "${key}" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood(['say {"state":"ON"}']);
      if (typeof sent !== "object" || sent === null) {
        const wish = state.read(sent);
        return wish instanceof Wrong ? misunderstood([wish.sentence]) : understood({ state: wish });
      }
      const { values, problems } = readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      if (values.state === undefined) return misunderstood(['say {"state":"ON"}']);
      return understood(values as SwitchCommand);
    },
  };
}
