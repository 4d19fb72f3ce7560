/** What a rule needs of a component: its options. */
export type Component = Readonly<Record<string, unknown>>;

const pressure = "hPa mbar kPa Pa bar psi";
const volume = "L mL m³ ft³ gal CCF MCF";

/** The units of the device classes of sensors that we use (homeassistant/components/sensor/const.py, DEVICE_CLASS_UNITS). */
const units: Readonly<Record<string, string>> = {
  temperature: "°C °F K",
  humidity: "%",
  battery: "%",
  signal_strength: "dB dBm",
  pressure,
  atmospheric_pressure: pressure,
  duration: "d h min s ms",
  data_size: "B kB MB GB KiB MiB GiB",
  voltage: "V mV",
  current: "A mA",
  frequency: "mHz Hz kHz MHz",
  power: "W kW mW",
  energy: "Wh kWh MWh",
  illuminance: "lx",
  carbon_dioxide: "ppm",
  volatile_organic_compounds_parts: "ppb ppm",
  pm1: "µg/m³",
  pm10: "µg/m³",
  pm25: "µg/m³",
  weight: "kg g mg µg oz lb st",
  distance: "mm cm m km",
  speed: "mm/s m/s m/min km/h",
  gas: "m³ ft³ L CCF MCF",
  water: "L m³ ft³ gal CCF MCF",
  volume,
  volume_storage: volume,
  volume_flow_rate: "L/h L/min L/s m³/h m³/min m³/s mL/s",
  apparent_power: "VA",
  area: "m² cm² km²",
  carbon_monoxide: "ppm",
  conductivity: "S/cm mS/cm µS/cm",
  data_rate: "bit/s kbit/s Mbit/s B/s kB/s MB/s",
  energy_storage: "Wh kWh MWh",
  irradiance: "W/m²",
  moisture: "%",
  nitrogen_dioxide: "µg/m³",
  nitrogen_monoxide: "µg/m³",
  nitrous_oxide: "µg/m³",
  ozone: "µg/m³",
  power_factor: "%",
  reactive_power: "var",
  sound_pressure: "dB dBA",
  sulphur_dioxide: "µg/m³",
  volatile_organic_compounds: "µg/m³",
  wind_speed: "m/s km/h kn",
  precipitation: "mm cm in",
  precipitation_intensity: "mm/h mm/d in/h in/d",
  wind_direction: "°",
};

/** Classes that have no unit: words, times and indexes. */
const withoutUnit = ["timestamp", "date", "enum", "aqi", "ph"];

/** The state classes of classes that are not just a measurement (DEVICE_CLASS_STATE_CLASSES). */
const states: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["energy", "gas", "water", "volume"].map((name) => [name, "total total_increasing"])),
  ...Object.fromEntries(
    ["area", "data_size", "distance", "duration", "precipitation", "weight"].map((name) => [
      name,
      "measurement total total_increasing",
    ]),
  ),
  ...Object.fromEntries(["timestamp", "date", "enum"].map((name) => [name, ""])),
  wind_direction: "measurement_angle",
};

/** What is wrong in the options of a sensor (components/mqtt/sensor.py, validate_sensor_state_and_device_class_config). */
export function sensorFaults(sensor: Component): readonly string[] {
  const { device_class: deviceClass, unit_of_measurement: unit, state_class: stateClass, options } = sensor;
  const name = String(deviceClass);
  const fitting = units[name]?.split(" ");
  const faults: string[] = [];
  if (deviceClass !== undefined && fitting === undefined && !withoutUnit.includes(name))
    faults.push(`device class ${name} is not in this list yet`);
  if (withoutUnit.includes(name) && unit !== undefined) faults.push(`device class ${name} has no unit`);
  if (fitting?.includes(String(unit)) === false) faults.push(`device class ${name} has no unit ${String(unit)}`);
  const fittingStates = (states[name] ?? "measurement").split(" ");
  if (deviceClass !== undefined && stateClass !== undefined && !fittingStates.includes(String(stateClass)))
    faults.push(`device class ${name} has no state class ${String(stateClass)}`);
  if (sensor["last_reset_value_template"] !== undefined && stateClass !== "total")
    faults.push("last_reset_value_template is for the state class total only");
  if (options !== undefined && (stateClass !== undefined || unit !== undefined))
    faults.push("options are words: they have no state class and no unit");
  if (options !== undefined && name !== "enum") faults.push("options are for the device class enum only");
  return faults;
}
