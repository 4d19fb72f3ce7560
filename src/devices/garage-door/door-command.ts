import { type CommandSchema, misunderstood, objectReader, understood, Wrong } from "../../core/command.ts";
import type { Wanted } from "./phase.ts";

const words = ["open", "close", "stop", "pulse"] as const satisfies readonly Wanted[];
const sayWord = new Wrong("say open, close or stop, or pulse for one pulse, whatever it does");

function readWord(sent: unknown): Wanted | Wrong {
  const word = typeof sent === "string" ? sent.trim().toLowerCase() : undefined;
  return words.find((one) => one === word) ?? sayWord;
}

const readObject = objectReader(
  { state: { keys: ["state"], read: readWord } },
  (key) => `there is no "${key}" in a command to a door; ${sayWord.sentence}`,
);

/**
 * A command to a door: a word in any case, or JSON such as `{"state":"OPEN"}`. Words of switches are refused, because nobody knows what on
 * would do to a door.
 */
export const doorCommand: CommandSchema<{ readonly wanted: Wanted }> = {
  safeParse(sent) {
    const isObject = typeof sent === "object" && sent !== null && !Array.isArray(sent);
    const { values, problems } = isObject ? readObject(sent) : { values: { state: readWord(sent) }, problems: [] };
    if (problems.length > 0) return misunderstood(problems);
    const { state: wanted = sayWord } = values;
    return wanted instanceof Wrong ? misunderstood([wanted.sentence]) : understood({ wanted });
  },
};
