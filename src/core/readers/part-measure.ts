import type { Measure } from "../measure.ts";
import type { Drift } from "../simulation/pretend.ts";

/** A measure of a part, and where its driver shows it. */
export interface PartMeasure extends Measure {
  /** The channel of an IIO device, such as `in_temp`, or the file of a hwmon device or a power supply, such as `temp1_input`. */
  readonly channel: string;
  /**
   * What the number of the channel is multiplied by. Absent: what makes the unit of its subsystem the one of
   * {@link import("./quantity.ts").quantity}.
   */
  readonly factor?: number;
  /** Where kernels differ: the other unit that the channel may have. */
  readonly otherUnit?: OtherUnit;
  /**
   * Errors that mean that this value is missing and the others are good, by their code, with what is wrong as a clause: `EINVAL: "the heater
   * is too cold"`.
   */
  readonly missing?: Readonly<Record<string, string>>;
  /**
   * How far outside its range the part may show a value that means the limit: a sensor of humidity shows 101 % of air that is full of
   * water. Absent: such a value is a bad one.
   */
  readonly beyond?: number;
  /** How it moves when it is simulated. */
  readonly simulated: Drift;
}

/** Another unit that a channel has in some kernels, how it is known, and what its number is multiplied by then. */
export interface OtherUnit {
  /** The number is above this one. */
  readonly above?: number;
  /** The number in the channel's file `_scale` is below this one, without its sign. */
  readonly scaleBelow?: number;
  readonly factor: number;
}
