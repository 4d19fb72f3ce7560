import type { PretendedSensor } from "../core/simulation/pretend.ts";
import type { SensorFault } from "../core/simulation/scenario.ts";
import type { MeasuredValue } from "./measured-value.ts";

/** One sensor. Devices that describe the same sensor share it. */
export interface SimulatedSensor {
  readonly pretended: PretendedSensor;
  readonly options: Readonly<Record<string, unknown>>;
  readonly values: ReadonlyMap<string, MeasuredValue>;
  /** Its values at this moment, by measure. */
  readonly now: () => Readonly<Record<string, number>>;
  fault: SensorFault | undefined;
}
