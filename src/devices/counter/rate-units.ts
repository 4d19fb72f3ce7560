/** Units by what they measure, each in the first one of the SI that fits: joule, litre, metre. The gallon and CCF are those of the USA. */
const dimensions: readonly Readonly<Record<string, number>>[] = [
  {
    J: 1,
    kJ: 1e3,
    MJ: 1e6,
    GJ: 1e9,
    mWh: 3.6,
    Wh: 3_600,
    kWh: 3.6e6,
    MWh: 3.6e9,
    GWh: 3.6e12,
    cal: 4.184,
    kcal: 4_184,
    Mcal: 4.184e6,
    Gcal: 4.184e9,
  },
  { mL: 0.001, L: 1, "m³": 1_000, "ft³": 28.316846592, gal: 3.785411784, CCF: 2_831.6846592, MCF: 28_316.846592 },
  {
    mm: 0.001,
    cm: 0.01,
    m: 1,
    km: 1_000,
    in: 0.0254,
    ft: 0.3048,
    yd: 0.9144,
    mi: 1_609.344,
    nmi: 1_852,
  },
];
const seconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3_600, d: 86_400 };

/** Rates with a name of their own: what is counted, and in how many seconds. */
const named: Readonly<Record<string, readonly [unit: string, inSeconds: number]>> = {
  mW: ["J", 1_000],
  W: ["J", 1],
  kW: ["kJ", 1],
  MW: ["MJ", 1],
  GW: ["GJ", 1],
  mph: ["mi", 3_600],
  kn: ["nmi", 3_600],
};

/** What Home Assistant calls the rate of what it calls this, and what people call it. */
export const rateClasses = {
  energy: { device_class: "power", name: "Power", units: "W or kW" },
  gas: { device_class: "volume_flow_rate", name: "Flow", units: "m³/h or L/min" },
  water: { device_class: "volume_flow_rate", name: "Flow", units: "L/min or m³/h" },
  volume: { device_class: "volume_flow_rate", name: "Flow", units: "L/min or m³/h" },
  precipitation: { device_class: "precipitation_intensity", name: "Intensity", units: "mm/h" },
  distance: { device_class: "speed", name: "Speed", units: "m/s or km/h" },
} as const;

/**
 * By what a number of total units in a second is multiplied to have it in the rate's unit. Undefined if the two do not fit. A total without a
 * unit fits every rate such as `turns/min`.
 */
export function rateFactor(totalUnit: string | undefined, rateUnit: string): number | undefined {
  const [, written, time] = /^(.+)\/(s|min|h|d)$/.exec(rateUnit) ?? [];
  const [unit, inSeconds] = named[rateUnit] ?? [written, seconds[String(time)]];
  if (unit === undefined || inSeconds === undefined) return undefined;
  if (totalUnit === unit || (totalUnit === undefined && written !== undefined)) return inSeconds;
  const dimension = dimensions.find((units) => unit in units && String(totalUnit) in units);
  const [of, to] = [dimension?.[String(totalUnit)], dimension?.[unit]];
  return of === undefined || to === undefined ? undefined : (of / to) * inSeconds;
}
