import * as z from "zod";
import { onOff, onOffWord } from "../../core/switching.ts";
import { type EffectName, effectNames } from "./effects.ts";
import type { LightMode } from "./light-mode.ts";
import { fullBrightness, type Look, reciprocalMegakelvin } from "./look.ts";

const value = z.int().min(0).max(fullBrightness);

/** What a light says, in the words of Home Assistant's JSON schema. Which values it has depends on its mode. */
export const lightState = z.strictObject({
  state: onOff,
  brightness: value.optional(),
  color_mode: z.enum(["rgb", "rgbw", "color_temp"]).optional(),
  color: z.strictObject({ r: value, g: value, b: value, w: value.optional() }).optional(),
  /** In kelvin. */
  color_temp: z.int().optional(),
  effect: z.enum(effectNames).optional(),
});

/** See {@link lightState}. */
export type LightState = z.output<typeof lightState>;

/** The state of a light of this mode that is dimmed. A light that is on is at least at brightness 1, since 0 would mean off. */
export function stateOf(mode: LightMode, isOn: boolean, look: Look, effect: EffectName | undefined): LightState {
  const brightness = Math.max(1, Math.round(look.brightness * fullBrightness));
  return { state: onOffWord(isOn), brightness, ...colorOf(mode, look.color), ...(effect && { effect }) };
}

function colorOf(mode: LightMode, color: readonly number[]): Partial<LightState> {
  if (mode === "color_temp") {
    const [mireds = 0] = color;
    return { color_mode: mode, color_temp: Math.round(reciprocalMegakelvin(mireds)) };
  }
  const [r = 0, g = 0, b = 0, w = 0] = color.map((part) => Math.round(part * fullBrightness));
  if (mode === "rgb") return { color_mode: mode, color: { r, g, b } };
  return mode === "rgbw" ? { color_mode: mode, color: { r, g, b, w } } : {};
}
