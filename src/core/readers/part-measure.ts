import type { Measure } from "../measure.ts";
import type { Drift } from "../simulation/pretend.ts";

/** A measure of a part, and where its driver shows it. */
export interface PartMeasure extends Measure {
  /** The channel of an IIO device, such as `in_temp`, or the file of a hwmon device, such as `temp1_input`. */
  readonly channel: string;
  /**
   * What the number of the channel is multiplied by. Absent: what makes IIO's or hwmon's unit the one of
   * {@link import("./quantity.ts").quantity}.
   */
  readonly factor?: number;
  /** How it moves when it is simulated. */
  readonly simulated: Drift;
}
