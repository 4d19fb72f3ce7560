/** One value that a sensor gives. */
export interface Measure {
  /** As Home Assistant writes it: "°C", "%", "hPa". Absent for a plain number. */
  readonly unit?: string;
  /** Home Assistant's word for what this is, such as `temperature`, where it has one. */
  readonly device_class?: string;
  /** Digits after the point that are published; more than the sensor's resolution only moves a graph for nothing. */
  readonly digits: number;
  /** What the datasheet says the sensor can measure, inclusive. A value outside is a failed reading, never published. */
  readonly range: readonly [number, number];
}
