import type { LightTraits, Mireds } from "./light-mode.ts";
import { type LightOptions, usual } from "./light-options.ts";
import type { Look } from "./look.ts";

/** What turns a look into powers, as the options of a light have it. */
export interface ChannelOptions {
  /** The power is the brightness to this power. */
  readonly gamma: number;
  /** The powers, 0 to 1, of the smallest brightness and of the full one. Dark is always 0. */
  readonly minPower: number;
  readonly maxPower: number;
  /** The color temperatures in mireds of both kinds of white. Absent for a light whose colors are not mixed of them. */
  readonly mireds: Mireds | undefined;
}

/** The channels of a light with these options. */
export function channelsOf({ mireds }: LightTraits, options: LightOptions): ChannelOptions {
  const { gamma_correct = usual.gamma_correct, min_power = usual.min_power, max_power = usual.max_power } = options;
  return { gamma: gamma_correct, minPower: min_power, maxPower: max_power, mireds };
}

/** The power of each train of a light, 0 to 1, for a look. The order is that of the colors, or cold and warm white. */
export function powersOf({ brightness, color }: Look, options: ChannelOptions): readonly number[] {
  const limited = (power: number) =>
    power > 0 ? options.minPower + Math.min(1, power) * (options.maxPower - options.minPower) : 0;
  const dimmed = (level: number) => level ** options.gamma;
  if (options.mireds !== undefined) {
    const [mireds = options.mireds.warm] = color;
    return whites(mireds, options.mireds).map((white) => limited(dimmed(brightness) * white));
  }
  if (color.length === 0) return [limited(dimmed(brightness))];
  return color.map((value) => limited(dimmed(brightness * value)));
}

/**
 * The shares of cold and warm white for a color temperature. Mireds mix in proportion; the larger of the two shares is full, so in the
 * middle both are. This is how ESPHome's `cwww` mixes without `constant_brightness` (light_call.cpp).
 */
function whites(mireds: number, { cold, warm }: Mireds): readonly [cold: number, warm: number] {
  const warmth = Math.min(1, Math.max(0, (mireds - cold) / (warm - cold)));
  const larger = Math.max(warmth, 1 - warmth);
  return [(1 - warmth) / larger, warmth / larger];
}
