import { type CommandField, plainNumber, Wrong } from "../../core/command.ts";
import { type EffectName, effectNames } from "./effects.ts";
import { fullBrightness } from "./look.ts";

const share = /^(\d+(?:\.\d+)?)\s*%$/;

/** A brightness from 0 to 255. It may be sent as a number, as a number in a text, or as a share such as "50%". */
export function readBrightness(sent: unknown): number | Wrong {
  const percent = typeof sent === "string" ? share.exec(sent.trim())?.[1] : undefined;
  if (percent !== undefined) {
    if (Number(percent) > 100) return new Wrong("brightness is at most 100%");
    // A share above 0% is at least 1: the light must not be dark.
    return Number(percent) === 0 ? 0 : Math.max(1, Math.round((Number(percent) / 100) * fullBrightness));
  }
  const brightness = plainNumber(sent);
  if (brightness === undefined || Number.isNaN(brightness))
    return new Wrong(`brightness is a number from 0 to ${fullBrightness}, or a share such as 50%`);
  if (brightness < 0) return new Wrong("brightness is at least 0");
  if (brightness > fullBrightness) return new Wrong(`brightness is at most ${fullBrightness}`);
  // Some programs mean half by 0.5, others mean almost nothing.
  if (brightness > 0 && brightness < 1)
    return new Wrong(
      `a brightness between 0 and 1 may mean two things; say 1 to ${fullBrightness}, or a share such as 50%`,
    );
  return Math.round(brightness);
}

/** A sunrise may take hours; most mistyped numbers are more. */
const longestTransitionSeconds = 24 * 3600;
const longestFlashSeconds = 3600;

/** How long Home Assistant's flashes are, in seconds (components/mqtt/light/schema_json.py, `flash_time_short` and `flash_time_long`). */
const flashSeconds: ReadonlyMap<unknown, number> = new Map([
  ["short", 2],
  ["long", 10],
]);

/** How long a change takes, sent in seconds. The field has milliseconds. */
export const transitionField: CommandField<number> = {
  keys: ["transition"],
  read: (sent) => inMs("transition", "a number of seconds", sent, longestTransitionSeconds),
};

/** How long the light flashes, sent in seconds or as a word. The field has milliseconds. */
export const flashField: CommandField<number> = {
  keys: ["flash"],
  read: (sent) =>
    inMs("flash", "short, long or a number of seconds", flashSeconds.get(word(sent)) ?? sent, longestFlashSeconds),
};

function inMs(key: string, what: string, sent: unknown, longest: number): number | Wrong {
  const seconds = plainNumber(sent);
  if (seconds === undefined || !(seconds >= 0)) return new Wrong(`${key} is ${what}`);
  return seconds > longest ? new Wrong(`${key} is at most ${longest} seconds`) : seconds * 1_000;
}

/** The name of an effect. `off` and null mean none, too. */
export const effectField: CommandField<EffectName> = {
  keys: ["effect"],
  read(sent) {
    if (sent === null || word(sent) === "off") return "none";
    return effectNames.find((name) => name === word(sent)) ?? new Wrong(`effect is one of ${effectNames.join(", ")}`);
  },
};

function word(sent: unknown): unknown {
  return typeof sent === "string" ? sent.trim().toLowerCase() : sent;
}
