import type { Entity } from "../entity.ts";
import { longestGapMs } from "../filters/chain.ts";
import { type Measure, measureName } from "../measure.ts";
import { measuredStateClass } from "../readers/device-classes.ts";
import { byMeasure } from "./per-measure.ts";
import { type SharedOptions, usualHeartbeatMs } from "./shared-options.ts";

type Measures = Readonly<Record<string, Measure>>;

/** One entity for each measure, so that a sensor's file has none, and one for its quality where that is published. */
export function sensorEntities(own: Measures, derived: Measures, options: SharedOptions): readonly Entity[] {
  const everyMs = longestSilenceMs(Object.keys(own), options);
  const overdue = Number.isFinite(everyMs) ? { everyMs } : {};
  const ofMeasures = Object.entries({ ...own, ...derived }).map(([key, measure]) => ({
    ...measureEntity(key, measure),
    ...overdue,
  }));
  return options.quality ? [...ofMeasures, { ...qualityEntity, ...overdue }] : ofMeasures;
}

function measureEntity(key: string, measure: Measure): Entity {
  const { flag, device_class, unit, state_class = measuredStateClass(device_class), entity_category, digits } = measure;
  return {
    key,
    platform: flag ? "binary_sensor" : "sensor",
    name: measureName(key, measure),
    value: key,
    settings: {
      ...(device_class !== undefined && { device_class }),
      ...(unit !== undefined && { unit_of_measurement: unit }),
      ...(!flag && { state_class, suggested_display_precision: digits }),
      ...(entity_category !== undefined && { entity_category }),
    },
  };
}

/** Shows whether what is published is to be doubted. */
const qualityEntity: Entity = {
  key: "quality",
  platform: "binary_sensor",
  name: "Problem",
  settings: {
    device_class: "problem",
    entity_category: "diagnostic",
    value_template: "{{ 'OFF' if value_json.quality == 'good' else 'ON' }}",
  },
};

/**
 * The longest time between two states while the sensor works, in milliseconds; Infinity where there is no bound. A value that is said
 * takes the others with it, so the sensor is silent no longer than its most talkative measure. What is derived comes no sooner than what
 * it is derived from.
 */
function longestSilenceMs(own: readonly string[], options: SharedOptions): number {
  const { every, publish, heartbeat = usualHeartbeatMs } = options;
  // The heartbeat is looked at with each good reading, also with those of which the filters say nothing.
  if (publish === "on_change") return heartbeat + every;
  const filters = byMeasure(options.filters, own);
  return Math.min(...own.map((name) => longestGapMs(filters[name], every)));
}
