/** What the sensor counted, and how. */
export interface Counts {
  readonly clear: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** The integration time in seconds, a multiple of 2.4 ms. */
  readonly seconds: number;
  /** The gain: 1, 4, 16 or 60. */
  readonly gain: number;
}

/** One cycle of the converter (TCS3472 datasheet, ATIME register). */
const cycleSeconds = 0.0024;

/** Below this many counts of clear light there is no color, only noise. */
const leastForColor = 50;

/** At how many clear counts the sensor is at its end: 1024 a cycle, at most 65535; below 150 ms only three quarters (DN40, ripple). */
export function endOfCounts({ seconds }: Pick<Counts, "seconds">): number {
  const end = Math.min(65_535, Math.round(seconds / cycleSeconds) * 1024);
  return seconds < 0.15 ? end * 0.75 : end;
}

/** The colors without the infrared that each of them sees too: IR = (R + G + B - C) / 2. */
function withoutInfrared({ clear, red, green, blue }: Counts) {
  const infrared = Math.max(0, (red + green + blue - clear) / 2);
  return { red: red - infrared, green: green - infrared, blue: blue - infrared };
}

/**
 * The illuminance in lx by ams' design note DN40 for the TCS3472, with its coefficients and its device factor 310. `glass` is how many times
 * darker it is behind a glass. Negative where nearly all light is infrared.
 */
export function illuminance(counts: Counts, glass: number): number {
  const { red, green, blue } = withoutInfrared(counts);
  const countsPerLux = (counts.seconds * 1000 * counts.gain) / (glass * 310);
  return (0.136 * red + green - 0.444 * blue) / countsPerLux;
}

/** The color temperature in K by the same note; undefined where it is too dark for one. */
export function colorTemperature(counts: Counts): number | undefined {
  const { red, blue } = withoutInfrared(counts);
  if (counts.clear < leastForColor || red <= 0 || blue < 0) return undefined;
  return (3810 * blue) / red + 1391;
}
