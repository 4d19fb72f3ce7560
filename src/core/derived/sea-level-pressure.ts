import type { DerivedMeasure } from "./derived-measure.ts";

/** How much colder it becomes with each metre, in K, in the International Standard Atmosphere (ISO 2533). */
const lapse = 0.0065;
/** g M / (R lapse) of the same standard. */
const exponent = 5.2559;

/** The pressure that there would be at the sea: what weather maps and forecasts show. */
export const seaLevelPressure: DerivedMeasure = {
  name: "sea_level_pressure",
  summary: "the air pressure as weather maps show it, by the barometric formula of ISO 2533, from `altitude`",
  measure: {
    name: "Sea level pressure",
    unit: "hPa",
    device_class: "atmospheric_pressure",
    digits: 1,
    range: [300, 1400],
  },
  needs: ["atmospheric_pressure"],
  uses: "temperature",
  needsAltitude: true,
  /** Without a measured temperature it is that of the standard: 15 °C at the sea. */
  compute([hectopascal = Number.NaN], celsius, metres) {
    const atSea = (celsius === undefined ? 15 : celsius + lapse * metres) + 273.15;
    return hectopascal * (1 - (lapse * metres) / atSea) ** -exponent;
  },
};
