import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";

/** A command to a cover, understood: one of the two. */
export interface CoverCommand {
  readonly state?: "open" | "close" | "stop";
  /** A whole number from 0, closed, to 100, open. */
  readonly position?: number;
}

const words = ["open", "close", "stop"] as const;
const sayWord = new Wrong("say open, close or stop");
const sayPosition = new Wrong("position is a number from 0, which is closed, to 100, which is open");
const example = 'say open, close or stop, or a position such as {"position":33}';

function readWord(sent: unknown): (typeof words)[number] | Wrong {
  const word = typeof sent === "string" ? sent.trim().toLowerCase() : undefined;
  return words.find((one) => one === word) ?? sayWord;
}

function readPosition(sent: unknown): number | Wrong {
  const position = plainNumber(sent);
  return position !== undefined && position >= 0 && position <= 100 ? Math.round(position) : sayPosition;
}

const readObject = objectReader(
  { state: { keys: ["state"], read: readWord }, position: { keys: ["position"], read: readPosition } },
  (key) => `there is no "${key}" in a command to a cover; ${example}`,
);

/**
 * A command to a cover: a word in any case (`open`, `close`, `stop`), or JSON such as `{"state":"OPEN"}` or `{"position":33}`. Words of
 * switches are refused, since for an awning and a shutter "on" means two things; so is a bare number, which may be a position or a switch.
 */
export const coverCommand: CommandSchema<CoverCommand> = {
  safeParse(sent) {
    if (typeof sent !== "object" || sent === null) {
      const word = readWord(sent);
      return word instanceof Wrong ? misunderstood([example]) : understood<CoverCommand>({ state: word });
    }
    const { values, problems } = Array.isArray(sent) ? { values: {}, problems: [] } : readObject(sent);
    if (problems.length > 0) return misunderstood(problems);
    const count = Object.keys(values).length;
    if (count > 1) return misunderstood(['say "state" or "position", not both']);
    return count === 0 ? misunderstood([example]) : understood<CoverCommand>(values);
  },
};
