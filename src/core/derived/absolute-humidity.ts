import type { DerivedMeasure } from "./derived-measure.ts";
import { saturationPressure } from "./saturation.ts";

/** The gas constant of water vapour, in J/(kg K): that of all gases, 8.31446, by the molar mass of water, 0.0180153 kg (CODATA, IUPAC). */
const vapourConstant = 461.5;

/** How much water is in the air. */
export const absoluteHumidity: DerivedMeasure = {
  name: "absolute_humidity",
  summary: "the mass of water in the air in g/m³, from the vapour pressure of WMO-No. 8 and the gas law",
  // Home Assistant has a device class for it since 2025.8 only. Older ones drop an entity whose class they do not know.
  measure: { name: "Absolute humidity", unit: "g/m³", digits: 1, range: [0, 1000] },
  needs: ["temperature", "humidity"],
  compute([celsius = Number.NaN, percent = Number.NaN]) {
    const pascal = saturationPressure(celsius) * percent;
    return (1000 * pascal) / (vapourConstant * (celsius + 273.15));
  },
};
