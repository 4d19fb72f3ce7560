import type { StateClass } from "../measure.ts";

const micro = "µg/m³";
const pressure = "Pa hPa kPa MPa mPa cbar bar mbar mmHg inHg inH₂O psi";
const energy = "J kJ MJ GJ mWh Wh kWh MWh GWh TWh cal kcal Mcal Gcal";
const speed = "Beaufort ft/s in/d in/h in/s km/h kn m/min m/s mm/d mm/h mm/s mph";
const volume = "ft³ CCF MCF m³ L mL gal fl._oz.";

/**
 * The units of Home Assistant's device classes of numbers that are measured (homeassistant/components/sensor/const.py), all that one of its
 * versions has. The unit "" means none, and _ stands for a space.
 */
const units = {
  apparent_power: "VA mVA kVA",
  aqi: "",
  area: "m² cm² km² mm² in² ft² yd² mi² ac ha",
  atmospheric_pressure: pressure,
  battery: "%",
  carbon_dioxide: "ppm",
  carbon_monoxide: "ppm ppb mg/m³ µg/m³",
  conductivity: "S/cm mS/cm µS/cm",
  current: "A mA",
  data_rate: "bit/s kbit/s Mbit/s Gbit/s B/s kB/s MB/s GB/s KiB/s MiB/s GiB/s",
  data_size: "bit kbit Mbit Gbit B kB MB GB TB PB EB ZB YB KiB MiB GiB TiB PiB EiB ZiB YiB",
  distance: "mm cm dm m km in ft yd mi nmi",
  duration: "d h min s ms µs",
  energy,
  energy_storage: energy,
  frequency: "mHz Hz kHz MHz GHz",
  gas: "CCF MCF ft³ m³ L",
  humidity: "%",
  illuminance: "lx",
  irradiance: "W/m² BTU/(h⋅ft²)",
  moisture: "%",
  nitrogen_dioxide: "µg/m³ ppb ppm",
  nitrogen_monoxide: "µg/m³ ppb",
  nitrous_oxide: micro,
  ozone: "µg/m³ ppb ppm",
  ph: "",
  pm1: micro,
  pm10: micro,
  pm25: micro,
  power: "mW W kW MW GW TW BTU/h",
  power_factor: " %",
  precipitation: "cm in mm",
  precipitation_intensity: "in/d in/h mm/d mm/h",
  pressure,
  reactive_power: "var mvar kvar",
  signal_strength: "dB dBm",
  sound_pressure: "dB dBA",
  speed,
  sulphur_dioxide: "µg/m³ ppb",
  temperature: "°C °F K",
  volatile_organic_compounds: "µg/m³ mg/m³",
  volatile_organic_compounds_parts: "ppb ppm",
  voltage: "µV mV V kV MV",
  volume,
  volume_flow_rate: "m³/h m³/min m³/s ft³/min L/h L/min L/s gal/h gal/min gal/d mL/s",
  volume_storage: volume,
  water: "CCF MCF ft³ m³ gal L",
  weight: "µg mg g kg oz lb st",
  wind_direction: "°",
  wind_speed: speed,
} as const satisfies Readonly<Record<string, string>>;

/** One of Home Assistant's device classes of numbers that are measured. */
export type DeviceClass = keyof typeof units;

/** All of them, in alphabetical order. */
export const deviceClasses = Object.keys(units) as readonly DeviceClass[];

/** The units that a device class can have; "" stands for no unit. Undefined for a class that is not in the list. */
export function unitsOf(deviceClass: string): readonly string[] | undefined {
  const fitting: string | undefined = (units as Readonly<Record<string, string>>)[deviceClass];
  return fitting?.split(" ").map((one) => one.replaceAll("_", " "));
}

/** A unit in one spelling, for comparing. Unicode has two characters for the µ that look the same. */
export function plainUnit(unit: unknown): string {
  return String(unit ?? "").replaceAll("µ", "μ");
}

/** Classes that are always a total (DEVICE_CLASS_STATE_CLASSES in the same file). As a measurement they are in no statistics. */
const totals: readonly string[] = ["energy", "gas", "volume", "water"];

/** Classes that are measured or totals, as what there is of them. All other classes are measured only. */
const measuredOrTotals: readonly string[] = ["area", "data_size", "distance", "duration", "precipitation", "weight"];

/** The state classes that a device class can have. Undefined for a class that is not in the list of units. */
export function stateClassesOf(deviceClass: string): readonly StateClass[] | undefined {
  if (!(deviceClass in units)) return undefined;
  const measured = totals.includes(deviceClass) ? [] : [measuredStateClass(deviceClass)];
  const isTotal = measured.length === 0 || measuredOrTotals.includes(deviceClass);
  return isTotal ? [...measured, "total", "total_increasing"] : measured;
}

/** How values that are measured now and then behave over time. The mean of angles is another one than that of other numbers. */
export function measuredStateClass(deviceClass: string | undefined): StateClass {
  return deviceClass === "wind_direction" ? "measurement_angle" : "measurement";
}

/** How values of a device class behave over time, where nobody says it. */
export function usualStateClass(deviceClass: string | undefined): StateClass {
  const isTotal = deviceClass !== undefined && totals.includes(deviceClass);
  return isTotal ? "total_increasing" : measuredStateClass(deviceClass);
}
