import { type CommandField, plainNumber, Wrong } from "../../core/command.ts";
import type { Mireds } from "./light-mode.ts";
import { fullBrightness, reciprocalMegakelvin } from "./look.ts";

/** Color temperatures that a sender can mean; below the lowest kelvin it means mireds, as Zigbee2MQTT does. */
const kelvin = { lowest: 1_000, highest: 20_000 };
const lowestMireds = reciprocalMegakelvin(kelvin.highest);

/**
 * A color: `{"r":255,"g":136,"b":0}`, with `w` for a light with white, or a text such as `#ff8800`. Its parts are from 0 to 1 then. White
 * that is not sent is 0.
 */
export function colorField(hasWhite: boolean): CommandField<readonly number[]> {
  const names = hasWhite ? ["r", "g", "b", "w"] : ["r", "g", "b"];
  const digits = hasWhite ? "#ff8800, or #ff880000 with white" : "#ff8800";
  const sentence = `color is {"r":255,"g":136,"b":0${hasWhite ? ',"w":0' : ""}}, each from 0 to ${fullBrightness}, or a text such as ${digits}`;
  return {
    keys: ["color"],
    read(sent) {
      const parts = typeof sent === "string" ? hexParts(sent, names.length) : namedParts(sent, names);
      if (parts === undefined) return new Wrong(sentence);
      if (parts.every((part) => part === 0)) return new Wrong("a color of zeros is dark; say off");
      return parts.map((part) => part / fullBrightness);
    },
  };
}

/** The parts of `#rrggbb`, or `#rrggbbww` where there may be four. */
function hexParts(sent: string, most: number): readonly number[] | undefined {
  const [, digits] = /^\s*#((?:[0-9a-f]{2}){3,4})\s*$/i.exec(sent) ?? [];
  if (digits === undefined || digits.length > 2 * most) return undefined;
  return Array.from({ length: most }, (_, index) => Number.parseInt(digits.slice(2 * index, 2 * index + 2) || "0", 16));
}

function namedParts(sent: unknown, names: readonly string[]): readonly number[] | undefined {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return undefined;
  const written = new Map(Object.entries(sent).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  if ([...written.keys()].some((key) => !names.includes(key))) return undefined;
  const parts = names.map((name) => (name === "w" && !written.has(name) ? 0 : part(written.get(name))));
  return parts.every((one) => one !== undefined) ? parts : undefined;
}

function part(sent: unknown): number | undefined {
  const value = plainNumber(sent);
  return value !== undefined && value >= 0 && value <= fullBrightness ? Math.round(value) : undefined;
}

/**
 * A color temperature as a color, which is its mireds: sent in kelvin, or in mireds where the number is below 1000. One that the light
 * cannot have is the nearest that it can have, as in ESPHome.
 */
export function colorTempField(mireds: Mireds): CommandField<readonly number[]> {
  const sentence = `color_temp is a number of kelvin from ${kelvin.lowest} to ${kelvin.highest}, or of mireds from ${lowestMireds} to ${kelvin.lowest - 1}`;
  return {
    keys: ["color_temp"],
    read(sent) {
      const value = plainNumber(sent);
      if (value === undefined || !(value >= lowestMireds && value <= kelvin.highest)) return new Wrong(sentence);
      const wanted = value < kelvin.lowest ? value : reciprocalMegakelvin(value);
      return [Math.min(mireds.warm, Math.max(mireds.cold, wanted))];
    },
  };
}
