import * as z from "zod";
import { type DeviceContext, type DeviceKind, defineDevice, type OptionsOf, type Wiring } from "./device.ts";
import type { Entity } from "./entity.ts";
import { type Measure, measureName } from "./measure.ts";
import type { Pretended } from "./pretend.ts";
import { acceptReadings } from "./reading.ts";
import { duration, parseDuration } from "./time/duration.ts";

/** What a sensor gets: the parts of a device's context that {@link defineSensor} does not use for it. */
export type SensorContext = Pick<DeviceContext<unknown>, "files" | "isolate" | "clock" | "log">;

/** A whole kind of sensor. Most new kinds are one of these. */
export interface SensorDefinition<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  /** The kind's own options. `every` is added to them. */
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
  readonly pretend: Pretended<Name>;
  /**
   * Finds the sensor and returns a function that reads it. Either may reject with a sentence that says why. If only one of several values
   * is missing, that value is NaN.
   */
  open(options: OptionsOf<Shape>, context: SensorContext): Promise<() => Promise<Readonly<Record<Name, number>>>>;
}

/** One entity for each measure, so that a sensor's file has none. */
function measureEntities(measures: Readonly<Record<string, Measure>>, everyMs: number): readonly Entity[] {
  return Object.entries(measures).map(([key, measure]) => ({
    key,
    platform: "sensor",
    name: measureName(key, measure),
    value: key,
    everyMs,
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
 * Makes a device kind of a sensor. It adds the option `every`, the schema of the readings, the entities, polling, the range check and
 * rounding.
 */
export function defineSensor<Shape extends z.ZodRawShape, Name extends string>(
  sensor: SensorDefinition<Shape, Name>,
): DeviceKind {
  const { every, oneAtATime, measures, open } = sensor;
  const options = {
    ...sensor.options,
    every: duration({ min: every.min, max: "1d" })
      .default(parseDuration(every.default) ?? 0)
      .describe(`How often the sensor is read, at most every ${every.min}. Default: ${every.default}.`),
  };
  const state = z.strictObject(
    Object.fromEntries(
      Object.entries<Measure>(measures).map(([name, { range }]) => [
        name,
        z.number().min(range[0]).max(range[1]).nullable(),
      ]),
    ),
  );
  return defineDevice({
    kind: sensor.kind,
    summary: sensor.summary,
    options,
    example: sensor.example,
    measures,
    pretend: sensor.pretend as Pretended,
    ...(sensor.wiring && { wiring: sensor.wiring }),
    state,
    entities: (chosen) => measureEntities(measures, (chosen as { every: number }).every),
    async setup(chosen, context) {
      const { every: everyMs, ...own } = chosen as { every: number };
      const read = await open(own as OptionsOf<Shape>, context);
      const accept = acceptReadings(measures, context.log);
      context.poll({ everyMs, oneAtATime, read: async () => accept(await read()) });
      return {};
    },
  });
}
