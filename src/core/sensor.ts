import * as z from "zod";
import type { DeviceContext } from "./device.ts";
import type { Entity } from "./entity.ts";
import { type ChosenFilters, filtersOption, longestSilenceMs } from "./filters/chain.ts";
import { type DeviceKind, defineDevice, type OptionsOf, type Wiring } from "./kind.ts";
import { type Measure, measureName } from "./measure.ts";
import { acceptReadings, filterReadings, rounded } from "./reading.ts";
import type { PretendedSensor } from "./simulation/pretend.ts";
import { duration, parseDuration } from "./time/duration.ts";

/** What a sensor gets: the parts of a device's context that {@link defineSensor} does not use for it. */
export type SensorContext = Pick<DeviceContext<unknown>, "files" | "isolate" | "clock" | "log">;

/** A whole kind of sensor. Most new kinds are one of these. */
export interface SensorDefinition<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  /** What people have it for, without a stop: "temperature and humidity from a DHT11 or DHT22". Lists of kinds show it. */
  readonly usedFor: string;
  /** The kind's own options. `every` and `filters` are added to them. */
  readonly options: Shape;
  readonly example: Readonly<Record<string, unknown>>;
  /** How often the sensor is read by default, and the shortest interval that a user may choose, both written as durations. */
  readonly every: { readonly default: string; readonly min: string };
  /**
   * Sensors with the same word here are read one after the other, never two at once: they share a wire, or a package that can read only
   * one. Absent: the sensor waits for no other.
   */
  readonly oneAtATime?: string;
  readonly measures: Readonly<Record<Name, Measure>>;
  /** What is wired to the sensor's pin, if it has one. */
  readonly wiring?: Wiring;
  /** How it is simulated: what {@link open} finds when there is no hardware. */
  readonly pretend: PretendedSensor<Name>;
  /**
   * Finds the sensor and returns a function that reads it. Either may reject with a sentence that says why. If only one of several values
   * is missing, that value is NaN.
   */
  open(options: OptionsOf<Shape>, context: SensorContext): Promise<() => Promise<Readonly<Record<Name, number>>>>;
}

/** What is added to the options of every sensor, as it was chosen. */
interface AddedOptions {
  readonly every: number;
  readonly filters?: ChosenFilters | undefined;
}

/** One entity for each measure, so that a sensor's file has none. */
function measureEntities(
  measures: Readonly<Record<string, Measure>>,
  { every, filters = {} }: AddedOptions,
): readonly Entity[] {
  const everyMs = every + longestSilenceMs(filters, Object.keys(measures), every);
  return Object.entries(measures).map(([key, measure]) => ({
    key,
    platform: "sensor",
    name: measureName(key, measure),
    value: key,
    ...(Number.isFinite(everyMs) && { everyMs }),
    settings: {
      ...(measure.device_class !== undefined && { device_class: measure.device_class }),
      ...(measure.unit !== undefined && { unit_of_measurement: measure.unit }),
      state_class: measure.state_class ?? "measurement",
      suggested_display_precision: measure.digits,
      ...(measure.entity_category !== undefined && { entity_category: measure.entity_category }),
    },
  }));
}

/**
 * Makes a device kind of a sensor. It adds the options `every` and `filters`, the schema of the readings, the entities, polling, the
 * range check, the filters and rounding.
 */
export function defineSensor<Shape extends z.ZodRawShape, Name extends string>(
  sensor: SensorDefinition<Shape, Name>,
): DeviceKind {
  const { every, oneAtATime, measures, open } = sensor;
  const names = Object.keys(measures) as Name[];
  const options = {
    ...sensor.options,
    every: duration({ min: every.min, max: "1d" })
      .default(parseDuration(every.default) ?? 0)
      .describe(`How often the sensor is read, at most every ${every.min}. Default: ${every.default}.`),
    filters: filtersOption(names),
  };
  const state = z.strictObject(
    Object.fromEntries(
      Object.entries<Measure>(measures).map(([name, { range }]) => [
        name,
        z.number().min(range[0]).max(range[1]).nullable(),
      ]),
    ),
  );
  // The schema of `every` and `filters` is above. Added to a shape that only the caller knows, its types are lost to TypeScript.
  return defineDevice({
    kind: sensor.kind,
    summary: sensor.summary,
    usedFor: sensor.usedFor,
    group: "sensor",
    options,
    example: sensor.example,
    measures,
    pretend: sensor.pretend as PretendedSensor,
    ...(sensor.wiring && { wiring: sensor.wiring }),
    state,
    entities: (chosen) => measureEntities(measures, chosen as unknown as AddedOptions),
    async setup(chosen, context) {
      const { every: everyMs, filters = {}, ...own } = chosen as unknown as AddedOptions;
      const read = await open(own as OptionsOf<Shape>, context);
      const accept = acceptReadings(measures, context.log);
      const filter = filterReadings(names, filters);
      context.poll({
        everyMs,
        oneAtATime,
        async read() {
          const accepted = accept(await read());
          const filtered = filter(accepted, context.clock.monotonicMs());
          return filtered && rounded(measures, filtered);
        },
      });
      return {};
    },
  });
}
