/** How a light looks, before gamma and the limits of its power. */
export interface Look {
  /** From 0, dark, to 1, full. */
  readonly brightness: number;
  /**
   * What its mode has: red, green, blue and for some lights white, each from 0 to 1; or the color temperature in mireds alone. Empty for a
   * light of one color. While it is dark, this is the color that it had last.
   */
  readonly color: readonly number[];
}

/** The highest brightness and color value in commands and states, as in Home Assistant and Zigbee2MQTT. */
export const fullBrightness = 255;

/** The same color without any light. */
export function dark({ color }: Look): Look {
  return { brightness: 0, color };
}

/**
 * The look on the way from one to another, where `share` is 0 at the begin and 1 at the end. What each color gives, which is its value
 * times the brightness, never goes away from its end, so nothing flares up on the way.
 */
export function between(from: Look, to: Look, share: number): Look {
  const brightness = mix(from.brightness, to.brightness, share);
  const weight = brightness > 0 ? (share * to.brightness) / brightness : share;
  return { brightness, color: to.color.map((end, index) => mix(from.color[index] ?? end, end, weight)) };
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** The color temperature in kelvin as mireds, or mireds as kelvin: each is a million divided by the other. */
export function reciprocalMegakelvin(value: number): number {
  return 1_000_000 / value;
}
