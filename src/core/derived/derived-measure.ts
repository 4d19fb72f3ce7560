import type { Measure } from "../measure.ts";

/** A quantity that is computed from others, such as the dew point. One file, and one line in index.ts. */
export interface DerivedMeasure {
  /** Its name in the state, and in the option `derive`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly measure: Measure;
  /** Home Assistant's device classes of the quantities that it needs, in the order in which {@link compute} gets them. */
  readonly needs: readonly string[];
  /** A quantity that it uses where the sensor measures it too. It comes after those that it needs. */
  readonly uses?: string;
  /** Whether it needs the height of the place above the sea. */
  readonly needsAltitude?: true;
  /**
   * The value, in the unit of {@link measure}, from those that it needs in °C, % and hPa. NaN or out of range where there is none. `used` is
   * what it uses besides, undefined where the sensor does not measure that.
   */
  compute(needed: readonly number[], used: number | undefined, altitudeMetres: number): number;
}
