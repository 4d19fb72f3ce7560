import {
  type CommandField,
  type CommandSchema,
  misunderstood,
  objectReader,
  understood,
  Wrong,
} from "../../core/command.ts";
import { stateField } from "../../core/switching.ts";
import { colorField, colorTempField } from "./color-fields.ts";
import type { EffectName } from "./effects.ts";
import { effectField, flashField, readBrightness, transitionField } from "./light-fields.ts";
import type { LightMode, LightTraits } from "./light-mode.ts";

/** A command to a light after parsing. It has at least a state, a brightness, a color, a flash or an effect. */
export interface LightCommand {
  readonly state?: "on" | "off" | "toggle";
  /** 0 to 255. */
  readonly brightness?: number;
  /** As a look has it. */
  readonly color?: readonly number[];
  readonly effect?: EffectName;
  readonly transitionMs?: number;
  readonly flashMs?: number;
}

/**
 * Whether a command wants the light to be on in the end. `before` says whether it was to be on until now: a flash alone, or the end of an
 * effect, leaves that as it is.
 */
export function endsOn({ state, brightness, color, effect = "none" }: LightCommand, before: boolean): boolean {
  if (brightness === 0 || state === "off") return false;
  if (state === "toggle") return !before;
  return state === "on" || brightness !== undefined || color !== undefined || effect !== "none" || before;
}

const state = stateField();
const brightness: CommandField<number> = { keys: ["brightness"], read: readBrightness };
const onlySwitched = "this light is only switched; say on, off or toggle";

/** What a mode adds to the commands of every light that is dimmed, and what such a command looks like. */
function colorOf({ mode, mireds }: LightTraits) {
  if (mode === "color_temp" && mireds !== undefined)
    return { color: colorTempField(mireds), example: '{"state":"ON","brightness":128,"color_temp":3000}' };
  if (mode === "rgb" || mode === "rgbw") {
    const example = `{"state":"ON","brightness":128,"color":{"r":255,"g":136,"b":0${mode === "rgbw" ? ',"w":0' : ""}}}`;
    return { color: colorField(mode === "rgbw"), example };
  }
  return { example: '{"state":"ON","brightness":128}' };
}

/**
 * A command to a light: a word as for a switch, a brightness such as `128` or `50%`, a color such as `#ff8800`, or JSON in the words of
 * Home Assistant. `1` and `0` are taken as words. A brightness, a color or an effect alone switches on; brightness 0 switches off.
 */
export function lightCommand(traits: LightTraits): CommandSchema<LightCommand> {
  return traits.mode === "onoff" ? plainCommand : dimmedCommand(traits);
}

function dimmedCommand(traits: LightTraits): CommandSchema<LightCommand> {
  const { color, example } = colorOf(traits);
  const readObject = objectReader(
    {
      state,
      brightness,
      ...(color && { color }),
      effect: effectField,
      transitionMs: transitionField,
      flashMs: flashField,
    },
    (key) => `there is no "${key}" in a command to a light; say ${example}`,
  );
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null) return readWord(sent, traits.mode, color);
      const { values, problems } = Array.isArray(sent) ? { values: {}, problems: [] } : readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      const { transitionMs: _howLong, ...asked } = values as LightCommand;
      if (Object.keys(asked).length === 0) return misunderstood([`say ${example}`]);
      if (asked.state === "off" && (asked.effect ?? "none") !== "none")
        return misunderstood(["a light that is off has no effect; say on with the effect, or off alone"]);
      return understood(values as LightCommand);
    },
  };
}

function readWord(sent: unknown, mode: LightMode, color: CommandField<readonly number[]> | undefined) {
  const wish = state.read(sent);
  if (!(wish instanceof Wrong)) return understood<LightCommand>({ state: wish });
  if (mode.startsWith("rgb") && typeof sent === "string" && sent.trim().startsWith("#")) {
    const read = color?.read(sent);
    return read instanceof Wrong ? misunderstood([read.sentence]) : understood<LightCommand>({ color: read ?? [] });
  }
  const level = readBrightness(sent);
  if (!(level instanceof Wrong)) return understood<LightCommand>({ brightness: level });
  const isNumber = typeof sent === "string" && /^\d/.test(sent);
  const also = mode.startsWith("rgb") ? ", or a color such as #ff8800" : "";
  return misunderstood([isNumber ? level.sentence : `${wish.sentence}, or a brightness such as 128 or 50%${also}`]);
}

const readPlain = objectReader(
  { state },
  (key) => `there is no "${key}" for this light, which is only switched; say {"state":"ON"}`,
);

/** A command to a light that is only switched: a word or `{"state":"ON"}`. */
const plainCommand: CommandSchema<LightCommand> = {
  safeParse(sent) {
    const isObject = typeof sent === "object" && sent !== null && !Array.isArray(sent);
    const { values, problems } = isObject ? readPlain(sent) : readPlain({ state: sent });
    if (problems.length > 0) return misunderstood(isObject ? problems : [onlySwitched]);
    return values.state === undefined ? misunderstood([onlySwitched]) : understood<LightCommand>(values);
  },
};
