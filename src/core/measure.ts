/** How a value behaves over time, in Home Assistant's words. */
export const stateClasses = ["measurement", "measurement_angle", "total", "total_increasing"] as const;

/** One of {@link stateClasses}. */
export type StateClass = (typeof stateClasses)[number];

/** One value that a sensor gives. */
export interface Measure {
  /** What people call it, such as "CO₂"; absent when the words of the key are good enough. */
  readonly name?: string;
  /** The unit as Home Assistant writes it: "°C", "%", "hPa". Absent for a plain number. */
  readonly unit?: string;
  /** Home Assistant's word for the quantity, such as `temperature`; absent if it has none. */
  readonly device_class?: string;
  /** How the value behaves over time. A meter is `total_increasing`. Default: `measurement`, or that of angles for a wind direction. */
  readonly state_class?: StateClass;
  /** `diagnostic` for values about the device itself, such as a battery. */
  readonly entity_category?: "diagnostic";
  /**
   * Whether it is yes or no instead of a number: read as 1 or 0, published as `ON` or `OFF`, and a binary sensor in Home Assistant. It has
   * no unit, 0 digits, and the range from 0 to 1.
   */
  readonly flag?: true;
  /** How many digits after the point are published. More digits than the sensor resolves would only make a graph restless. */
  readonly digits: number;
  /** The lowest and the highest value that the sensor can measure, from its datasheet. A value outside is published as null. */
  readonly range: readonly [number, number];
}

/** What people call a measure: its name, or its key as words. */
export function measureName(key: string, { name }: Measure): string {
  const words = key.replaceAll("_", " ");
  return name ?? words.charAt(0).toUpperCase() + words.slice(1);
}
