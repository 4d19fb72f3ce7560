import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";

/** A command to a cover, understood: a word, or where it is wanted, or a word and how its slats are wanted then. */
export interface CoverCommand {
  readonly state?: "open" | "close" | "stop";
  /** A whole number from 0, closed, to 100, open. */
  readonly position?: number;
  /** How far its slats are wanted open, a whole number from 0 to 100. */
  readonly tilt?: number;
}

const words = ["open", "close", "stop"] as const;
const sayWord = new Wrong("say open, close or stop");
const sayPosition = new Wrong("position is a number from 0, which is closed, to 100, which is open");
const sayTilt = new Wrong("tilt is a number from 0, which is closed, to 100, which is open");
const hasNoSlats = new Wrong("this cover has no slats to tilt; give it tilt_time in devices.yaml if it has");
const example = 'say open, close or stop, or a position such as {"position":33}';

function readWord(sent: unknown): (typeof words)[number] | Wrong {
  const word = typeof sent === "string" ? sent.trim().toLowerCase() : undefined;
  return words.find((one) => one === word) ?? sayWord;
}

function readPercent(sent: unknown, otherwise: Wrong): number | Wrong {
  const percent = plainNumber(sent);
  return percent !== undefined && percent >= 0 && percent <= 100 ? Math.round(percent) : otherwise;
}

/** Home Assistant stops slats by `stop` on the topic of their tilt (components/mqtt/cover.py, payload_stop_tilt). */
function readTilt(sent: unknown): number | "stop" | Wrong {
  return readWord(sent) === "stop" ? "stop" : readPercent(sent, sayTilt);
}

const position = { keys: ["position"], read: (sent: unknown) => readPercent(sent, sayPosition) };
const readState = { keys: ["state"], read: readWord };
const unknownKey = (key: string) => `there is no "${key}" in a command to a cover; ${example}`;
const withSlats = objectReader({ state: readState, position, tilt: { keys: ["tilt"], read: readTilt } }, unknownKey);
const withoutSlats = objectReader(
  { state: readState, position, tilt: { keys: ["tilt"], read: (): number | Wrong => hasNoSlats } },
  unknownKey,
);

/**
 * A command to a cover: a word in any case (`open`, `close`, `stop`), or JSON such as `{"state":"OPEN"}`, `{"position":33}` or, with
 * slats, `{"position":33,"tilt":50}`. Words of switches are refused, since for an awning and a shutter "on" means two things; so is a bare
 * number, which may be a position or a switch.
 */
export function coverCommand(hasSlats: boolean): CommandSchema<CoverCommand> {
  const readObject = hasSlats ? withSlats : withoutSlats;
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null) {
        const word = readWord(sent);
        return word instanceof Wrong ? misunderstood([example]) : understood<CoverCommand>({ state: word });
      }
      const { values, problems } = Array.isArray(sent) ? { values: {}, problems: [] } : readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      const { tilt, ...others } = values;
      if (others.state !== undefined && others.position !== undefined)
        return misunderstood(['say "state" or "position", not both']);
      if (tilt !== undefined && others.state === "stop") return misunderstood(['say "stop" without "tilt"']);
      if (tilt === "stop") {
        const isAlone = Object.keys(others).length === 0;
        return isAlone ? understood<CoverCommand>({ state: "stop" }) : misunderstood([sayTilt.sentence]);
      }
      const command: CoverCommand = { ...others, ...(tilt !== undefined && { tilt }) };
      return Object.keys(command).length === 0 ? misunderstood([example]) : understood(command);
    },
  };
}
