import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";
import { stateField } from "../../core/switching.ts";

/** The highest brightness, as in Home Assistant and Zigbee2MQTT. */
export const fullBrightness = 255;

const share = /^(\d+(?:\.\d+)?)\s*%$/;

/** A brightness from 0 to 255. It may be sent as a number, as a number in a text, or as a share such as "50%". */
function readBrightness(sent: unknown): number | Wrong {
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

/** Home Assistant may ask for a slow change or a flash. The light changes at once and stays so. */
function secondsField(key: string) {
  const read = (sent: unknown) => {
    const seconds = plainNumber(sent);
    return seconds !== undefined && seconds >= 0 ? seconds : new Wrong(`${key} is a number of seconds`);
  };
  return { keys: [key], read };
}

/** A command to a light after parsing. It has at least one of the two values. */
export interface LightCommand {
  readonly state?: "on" | "off" | "toggle";
  /** 0 to 255. */
  readonly brightness?: number;
}

const state = stateField();
const example = 'say {"state":"ON","brightness":128}';

const readObject = objectReader(
  {
    state,
    brightness: { keys: ["brightness"], read: readBrightness },
    transition: secondsField("transition"),
    flash: secondsField("flash"),
  },
  (key) => `there is no "${key}" in a command to a light; ${example}`,
);

/**
 * A command to a light: a word as for a switch, a brightness such as `128` or `50%`, or JSON such as `{"state":"ON","brightness":128}`. `1`
 * and `0` are taken as words. A brightness alone switches on; brightness 0 switches off.
 */
export const lightCommand: CommandSchema<LightCommand> = {
  safeParse(sent) {
    if (typeof sent !== "object" || sent === null) return readWord(sent);
    const { values, problems } = Array.isArray(sent) ? { values: {}, problems: [] } : readObject(sent);
    if (problems.length > 0) return misunderstood(problems);
    return values.state === undefined && values.brightness === undefined
      ? misunderstood([example])
      : understood(values);
  },
};

function readWord(sent: unknown) {
  const wish = state.read(sent);
  if (!(wish instanceof Wrong)) return understood<LightCommand>({ state: wish });
  const brightness = readBrightness(sent);
  if (!(brightness instanceof Wrong)) return understood<LightCommand>({ brightness });
  const isNumber = typeof sent === "string" && /^\d/.test(sent);
  return misunderstood([isNumber ? brightness.sentence : `${wish.sentence}, or a brightness such as 128 or 50%`]);
}
