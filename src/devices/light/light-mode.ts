import { reciprocalMegakelvin } from "./look.ts";

/** What a light can do, in Home Assistant's words for the modes of its colors. */
export type LightMode = "onoff" | "brightness" | "rgb" | "rgbw" | "color_temp";

/** The options that are pins of a light. */
export const lightPins = [
  "pin",
  "output_pin",
  "red_pin",
  "green_pin",
  "blue_pin",
  "white_pin",
  "cold_white_pin",
  "warm_white_pin",
] as const;

/** One of {@link lightPins}. */
export type LightPin = (typeof lightPins)[number];

/** The pins that make each mode. The powers of a light are in the order of its pins here. */
export const pinsOfMode: Readonly<Record<LightMode, readonly LightPin[]>> = {
  onoff: ["output_pin"],
  brightness: ["pin"],
  rgb: ["red_pin", "green_pin", "blue_pin"],
  rgbw: ["red_pin", "green_pin", "blue_pin", "white_pin"],
  color_temp: ["cold_white_pin", "warm_white_pin"],
};

/** The pins that are written in devices.yaml. */
export function writtenPins(options: Readonly<Record<string, unknown>>): readonly LightPin[] {
  return lightPins.filter((name) => options[name] !== undefined);
}

/** The color temperatures of cold and warm white, in mireds: the cold one is the smaller one. */
export interface Mireds {
  readonly cold: number;
  readonly warm: number;
}

/** What its options make of a light. */
export interface LightTraits {
  readonly mode: LightMode;
  /** Of a light with cold and warm white only. */
  readonly mireds: Mireds | undefined;
}

/** What these options make. Where they do not go together, it is as if only `pin` were written. */
export function traitsOf(options: Readonly<Record<string, unknown>>): LightTraits {
  const written = writtenPins(options);
  const isMade = ([, pins]: [string, readonly LightPin[]]) =>
    pins.length === written.length && pins.every((pin) => written.includes(pin));
  const [mode = "brightness"] = (Object.entries(pinsOfMode) as [LightMode, readonly LightPin[]][]).find(isMade) ?? [];
  const { cold_white_color_temperature: cold, warm_white_color_temperature: warm } = options;
  const hasWhites = mode === "color_temp" && typeof cold === "number" && typeof warm === "number";
  const mireds = hasWhites ? { cold: reciprocalMegakelvin(cold), warm: reciprocalMegakelvin(warm) } : undefined;
  return { mode, mireds };
}
