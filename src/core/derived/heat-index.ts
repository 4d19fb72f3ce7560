import type { DerivedMeasure } from "./derived-measure.ts";

/**
 * How warm it feels: the regression of L. P. Rothfusz (National Weather Service, technical attachment SR 90-23, 1990), with the
 * adjustments, and with Steadman's simple formula for mild air, as on www.wpc.ncep.noaa.gov/html/heatindex_equation.shtml.
 */
export const heatIndex: DerivedMeasure = {
  name: "heat_index",
  summary: "how warm it feels in the shade, as the National Weather Service of the United States computes it",
  measure: { name: "Heat index", unit: "°C", device_class: "temperature", digits: 1, range: [-100, 200] },
  needs: ["temperature", "humidity"],
  compute([celsius = Number.NaN, percent = Number.NaN]) {
    return (fahrenheitIndex(celsius * 1.8 + 32, percent) - 32) / 1.8;
  },
};

function fahrenheitIndex(t: number, r: number): number {
  const simple = 0.5 * (t + 61 + (t - 68) * 1.2 + r * 0.094);
  const mild = (simple + t) / 2;
  return mild < 80 ? mild : regression(t, r) + adjustment(t, r);
}

function regression(t: number, r: number): number {
  return (
    -42.379 +
    2.04901523 * t +
    10.14333127 * r -
    0.22475541 * t * r -
    0.00683783 * t * t -
    0.05481717 * r * r +
    0.00122874 * t * t * r +
    0.00085282 * t * r * r -
    0.00000199 * t * t * r * r
  );
}

function adjustment(t: number, r: number): number {
  if (r < 13 && t >= 80 && t <= 112) return -((13 - r) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
  return r > 85 && t >= 80 && t <= 87 ? ((r - 85) / 10) * ((87 - t) / 5) : 0;
}
