/** One value that a sensor gives. */
export interface Measure {
  /** What people call it, where the key in capitals does not do: "CO₂". */
  readonly name?: string;
  /** As Home Assistant writes it: "°C", "%", "hPa". Absent for a plain number. */
  readonly unit?: string;
  /** Home Assistant's word for what this is, such as `temperature`, where it has one. */
  readonly device_class?: string;
  /** How the value behaves over time, in Home Assistant's words: a meter is `total_increasing`. Default: `measurement`. */
  readonly state_class?: "measurement" | "total" | "total_increasing";
  /** `diagnostic` for what tells of the device itself and not of the house. */
  readonly entity_category?: "diagnostic";
  /** Digits after the point that are published; more than the sensor's resolution only moves a graph for nothing. */
  readonly digits: number;
  /** What the datasheet says the sensor can measure, inclusive. A value outside is published as null. */
  readonly range: readonly [number, number];
}

/** What people call a measure: its name, or its key as words. */
export function measureName(key: string, { name }: Measure): string {
  const words = key.replaceAll("_", " ");
  return name ?? words.charAt(0).toUpperCase() + words.slice(1);
}
