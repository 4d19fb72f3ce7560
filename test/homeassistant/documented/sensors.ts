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
  precipitation: "mm cm in",
  precipitation_intensity: "mm/h mm/d in/h in/d",
  rotational_speed: "rpm",
};

/** Classes that have no unit: words, times and indexes. */
/** Classes that have no unit: their states are words or times. */
const withoutUnit = ["timestamp", "date", "enum", "aqi"];

/** Classes that are always a total (DEVICE_CLASS_STATE_CLASSES): as a measurement they are in no statistics and no energy dashboard. */
const totals = ["energy", "gas", "water", "volume"];

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
  if (totals.includes(name) && stateClass === "measurement") faults.push(`${name} is a total`);
  if (sensor["last_reset_value_template"] !== undefined && stateClass !== "total")
    faults.push("last_reset_value_template is for the state class total only");
  if (options !== undefined && (stateClass !== undefined || unit !== undefined))
    faults.push("options are words: they have no state class and no unit");
  if (options !== undefined && name !== "enum") faults.push("options are for the device class enum only");
  return faults;
}
