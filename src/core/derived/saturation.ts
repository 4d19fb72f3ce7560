/**
 * The pressure of water vapour in saturated air over water, in hPa, from -45 to 60 °C: Magnus' formula with the constants of the World
 * Meteorological Organization (Guide to Instruments and Methods of Observation, WMO-No. 8, volume I, chapter 4, annex 4.B).
 */
export const magnus = { hectopascal: 6.112, factor: 17.62, celsius: 243.12 } as const;

/** The pressure of saturated vapour at a temperature in °C, in hPa. */
export function saturationPressure(celsius: number): number {
  return magnus.hectopascal * Math.exp((magnus.factor * celsius) / (magnus.celsius + celsius));
}
