import type { Entity } from "../../core/entity.ts";
import { effectNames } from "./effects.ts";
import type { LightTraits } from "./light-mode.ts";
import { fullBrightness, reciprocalMegakelvin } from "./look.ts";

/** A light as Home Assistant shows it, by its JSON schema. */
export function lightEntity(traits: LightTraits): Entity {
  return { key: "light", platform: "light", settings: settingsOf(traits) };
}

function settingsOf({ mode, mireds }: LightTraits): Readonly<Record<string, unknown>> {
  if (mode === "onoff") return { schema: "json", supported_color_modes: [mode], flash: false, transition: false };
  return {
    schema: "json",
    // Without it, Home Assistant would send the brightness of a color in the color.
    brightness: true,
    brightness_scale: fullBrightness,
    supported_color_modes: [mode],
    flash: true,
    transition: true,
    effect: true,
    effect_list: effectNames,
    ...(mireds && {
      color_temp_kelvin: true,
      min_kelvin: Math.round(reciprocalMegakelvin(mireds.warm)),
      max_kelvin: Math.round(reciprocalMegakelvin(mireds.cold)),
    }),
  };
}
