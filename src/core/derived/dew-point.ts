import type { DerivedMeasure } from "./derived-measure.ts";
import { magnus, saturationPressure } from "./saturation.ts";

/** The temperature down to which air can cool before it becomes wet. */
export const dewPoint: DerivedMeasure = {
  name: "dew_point",
  summary: "the temperature at which air becomes wet, by the formula and constants of WMO-No. 8, annex 4.B",
  measure: { name: "Dew point", unit: "°C", device_class: "temperature", digits: 1, range: [-100, 100] },
  needs: ["temperature", "humidity"],
  compute([celsius = Number.NaN, percent = Number.NaN]) {
    // The formula of the saturation pressure, solved for the temperature.
    const share = Math.log((saturationPressure(celsius) * percent) / 100 / magnus.hectopascal);
    return (magnus.celsius * share) / (magnus.factor - share);
  },
};
