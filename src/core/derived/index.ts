import { absoluteHumidity } from "./absolute-humidity.ts";
import type { DerivedMeasure } from "./derived-measure.ts";
import { dewPoint } from "./dew-point.ts";
import { heatIndex } from "./heat-index.ts";
import { seaLevelPressure } from "./sea-level-pressure.ts";

/** Every quantity that a sensor can compute of what it measures, in the order of the alphabet. A new one is one file and one line here. */
export const derivedMeasures: readonly DerivedMeasure[] = [absoluteHumidity, dewPoint, heatIndex, seaLevelPressure];
