import * as z from "zod";
import type { DeviceContext } from "./device.ts";
import type { Entity } from "./entity.ts";
import { type ChosenFilters, filtersOption, longestSilenceMs } from "./filters/chain.ts";
import { type DeviceKind, defineDevice, type OptionsOf, type SensorGroup, type Wiring } from "./kind.ts";
import type { Machine } from "./machine/machine.ts";
import { type Measure, measureName } from "./measure.ts";
import { acceptReadings, filterReadings, type NoValue, published } from "./reading.ts";
import type { PretendedSensor } from "./simulation/pretend.ts";
import { duration, parseDuration } from "./time/duration.ts";

/** What a sensor gets: the parts of a device's context that {@link defineSensor} does not use for it. */
export type SensorContext = Pick<DeviceContext<unknown>, keyof Machine | "clock" | "log" | "onStop">;

/** A whole kind of sensor. Most new kinds are one of these. */
export interface SensorDefinition<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  /** What people have it for, without a stop: "temperature and humidity from a DHT11 or DHT22". Lists of kinds show it. */
  readonly usedFor: string;
  /** Where it stands in lists of kinds. Default: anything else that can be read. */
  readonly group?: SensorGroup;
  /** The kind's own options. `every` and `filters` are added to them. */
  readonly options: Shape;
  readonly example: Readonly<Record<string, unknown>>;
  /** How often the sensor is read by default, and the shortest interval that a user may choose, both written as durations. */
  readonly every: { readonly default: string; readonly min: string };
  /**
   * Sensors with the same word here are read one after the other, never two at once: they share a wire, or a package that can read only
   * one. Absent: the sensor waits for no other.
   */
  readonly oneAtATime?: string | ((options: OptionsOf<Shape>) => string | undefined);
  /** How long a reading may take, in milliseconds. Default: ten seconds. The shortest interval is longer. */
  readonly timeoutMs?: number | undefined;
  /** What it measures, by name. It is a function where the options decide; then the names are those that the options have. */
  readonly measures: Readonly<Record<Name, Measure>> | ((options: OptionsOf<Shape>) => Readonly<Record<Name, Measure>>);
  /** What is wired to the sensor's pin, if it has one. */
  readonly wiring?: Wiring | ((options: OptionsOf<Shape>) => Wiring | undefined);
  /** Options that do not go together, see {@link import("./kind.ts").DeviceKindDefinition.conflicts}. */
  conflicts?(options: OptionsOf<Shape>): Partial<Readonly<Record<keyof Shape & string, string>>>;
  /** How it is simulated: what {@link open} finds when there is no hardware. */
  readonly pretend: PretendedSensor<Name>;
  /**
   * Finds the sensor and returns a function that reads it. Either may reject with a sentence that says why. If only one of several values
   * is missing, that value is NaN, or a {@link NoValue} that says why.
   */
  open(
    options: OptionsOf<Shape>,
    context: SensorContext,
  ): Promise<() => Promise<Readonly<Record<Name, number | NoValue>>>>;
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
    platform: measure.flag ? "binary_sensor" : "sensor",
    name: measureName(key, measure),
    value: key,
    ...(Number.isFinite(everyMs) && { everyMs }),
    settings: {
      ...(measure.device_class !== undefined && { device_class: measure.device_class }),
      ...(measure.unit !== undefined && { unit_of_measurement: measure.unit }),
      ...(!measure.flag && {
        state_class: measure.state_class ?? "measurement",
        suggested_display_precision: measure.digits,
      }),
      ...(measure.entity_category !== undefined && { entity_category: measure.entity_category }),
    },
  }));
}

/** The schema of what is published of these measures. */
function stateOf(measures: Readonly<Record<string, Measure>> | undefined) {
  if (measures === undefined) return z.record(z.string(), z.union([z.number(), z.enum(["ON", "OFF"])]).nullable());
  return z.strictObject(
    Object.fromEntries(
      Object.entries(measures).map(([name, { range, flag }]) => [
        name,
        (flag ? z.enum(["ON", "OFF"]) : z.number().min(range[0]).max(range[1])).nullable(),
      ]),
    ),
  );
}

/**
 * Makes a device kind of a sensor. It adds the options `every` and `filters`, the schema of the readings, the entities, polling, the
 * range check, the filters and rounding.
 */
export function defineSensor<Shape extends z.ZodRawShape, Name extends string>(
  sensor: SensorDefinition<Shape, Name>,
): DeviceKind {
  const { every, measures, open } = sensor;
  const known = typeof measures === "function" ? undefined : measures;
  const measured = (chosen: unknown) => known ?? chosenMeasures(measures, chosen as OptionsOf<Shape>);
  const options = {
    ...sensor.options,
    every: duration({ min: every.min, max: "1d" })
      .default(parseDuration(every.default) ?? 0)
      .describe(`How often the sensor is read, at most every ${every.min}. Default: ${every.default}.`),
    filters: filtersOption(known && Object.keys(known)),
  };
  // The schema of `every` and `filters` is above. Added to a shape that only the caller knows, its types are lost to TypeScript.
  return defineDevice({
    kind: sensor.kind,
    summary: sensor.summary,
    usedFor: sensor.usedFor,
    group: sensor.group ?? "sensor",
    options,
    example: sensor.example,
    measures: measured(z.object(options).parse(sensor.example)),
    measured,
    pretend: sensor.pretend as PretendedSensor,
    ...(sensor.wiring && { wiring: sensor.wiring as Wiring }),
    ...(sensor.conflicts && { conflicts: sensor.conflicts as never }),
    state: stateOf(known),
    entities: (chosen) => measureEntities(measured(chosen), chosen as unknown as AddedOptions),
    async setup(chosen, context) {
      const { every: everyMs, filters = {}, ...own } = chosen as unknown as AddedOptions;
      const ofDevice = measured(own);
      const read = await open(own as OptionsOf<Shape>, context);
      const accept = acceptReadings(ofDevice, context.log);
      const filter = filterReadings(Object.keys(ofDevice) as Name[], filters);
      const { oneAtATime } = sensor;
      context.poll({
        everyMs,
        timeoutMs: sensor.timeoutMs,
        oneAtATime: typeof oneAtATime === "function" ? oneAtATime(own as OptionsOf<Shape>) : oneAtATime,
        async read() {
          const accepted = accept(await read());
          const filtered = filter(accepted, context.clock.monotonicMs());
          return filtered && published(ofDevice, filtered);
        },
      });
      return {};
    },
  });
}

function chosenMeasures<Shape extends z.ZodRawShape, Name extends string>(
  measures: SensorDefinition<Shape, Name>["measures"],
  options: OptionsOf<Shape>,
): Readonly<Record<Name, Measure>> {
  return typeof measures === "function" ? measures(options) : measures;
}
