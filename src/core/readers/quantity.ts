import type { Measure } from "../measure.ts";

type Quantity = Omit<Measure, "range">;

/**
 * Quantities that many parts measure, in Home Assistant's units and device classes. A part adds its range, and its own digits where it
 * resolves more or less.
 */
export const quantity = {
  temperature: { unit: "°C", device_class: "temperature", digits: 1 },
  humidity: { unit: "%", device_class: "humidity", digits: 1 },
  pressure: { unit: "hPa", device_class: "atmospheric_pressure", digits: 1 },
  uvIndex: { name: "UV index", unit: "UV index", digits: 1 },
  illuminance: { unit: "lx", device_class: "illuminance", digits: 0 },
  voltage: { unit: "V", device_class: "voltage", digits: 3 },
  current: { unit: "A", device_class: "current", digits: 3 },
  power: { unit: "W", device_class: "power", digits: 2 },
  energy: { unit: "kWh", device_class: "energy", state_class: "total_increasing", digits: 3 },
  carbonDioxide: { name: "CO₂", unit: "ppm", device_class: "carbon_dioxide", digits: 0 },
  volatileOrganics: { name: "TVOC", unit: "ppb", device_class: "volatile_organic_compounds_parts", digits: 0 },
  pm1: { name: "PM1", unit: "µg/m³", device_class: "pm1", digits: 1 },
  pm25: { name: "PM2.5", unit: "µg/m³", device_class: "pm25", digits: 1 },
  pm10: { name: "PM10", unit: "µg/m³", device_class: "pm10", digits: 1 },
  resistance: { unit: "Ω", digits: 0 },
  distance: { unit: "m", device_class: "distance", digits: 3 },
  angle: { unit: "°", digits: 1 },
  battery: { unit: "%", device_class: "battery", digits: 0, entity_category: "diagnostic" },
} as const satisfies Readonly<Record<string, Quantity>>;
