import * as z from "zod";
import type { Connection } from "./connection.ts";
import { chosenDerivations, measuresWith } from "./derived/derive.ts";
import type { DeviceContext } from "./device.ts";
import { UserError } from "./errors.ts";
import { type DeviceKind, defineDevice, type OptionsOf, type Wiring, type WrittenText } from "./kind.ts";
import type { SensorGroup } from "./kind-groups.ts";
import type { Machine } from "./machine/machine.ts";
import type { Measure } from "./measure.ts";
import type { NoValue } from "./sensor/no-value.ts";
import { readingsOf } from "./sensor/readings.ts";
import { sensorConflicts } from "./sensor/sensor-conflicts.ts";
import { sensorEntities } from "./sensor/sensor-entities.ts";
import { saidState, sensorState } from "./sensor/sensor-state.ts";
import { type SharedOptions, sharedOptions } from "./sensor/shared-options.ts";
import type { PretendedSensor } from "./simulation/pretend.ts";

/** What a sensor gets: the parts of a device's context that {@link defineSensor} does not use for it. */
export type SensorContext = Pick<DeviceContext<unknown>, keyof Machine | "clock" | "log" | "onStop">;

/** A whole kind of sensor. Most new kinds are one of these. */
export interface SensorDefinition<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  /** What people have it for, without a stop: "temperature and humidity from a DHT11 or DHT22". Lists of kinds show it. */
  readonly usedFor: string;
  /** See {@link import("./kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  /** See {@link import("./kind.ts").DeviceKindDefinition.alsoCalled}. */
  readonly alsoCalled?: readonly string[];
  /** Where it stands in lists of kinds. Default: anything else that can be read. */
  readonly group?: SensorGroup;
  /** The kind's own options. Those that all sensors have are added to them: see {@link sharedOptions}. */
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
  /** How it is connected, see {@link import("./kind.ts").DeviceKindDefinition.connection}. */
  readonly connection?: Connection;
  /** What is wired to the sensor's pin, if it has one. */
  readonly wiring?: Wiring | ((options: OptionsOf<Shape>) => Wiring | undefined);
  /** Options that do not go together, see {@link import("./kind.ts").DeviceKindDefinition.conflicts}. */
  conflicts?(options: OptionsOf<Shape>): Partial<Readonly<Record<keyof Shape & string, string>>>;
  /** What is odd but may be meant, see {@link import("./kind.ts").DeviceKindDefinition.warnings}. */
  warnings?(options: OptionsOf<Shape>, written: WrittenText): Readonly<Record<string, string>>;
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

/**
 * Makes a device kind of a sensor. It adds the options that all sensors have, the schema of the readings, the entities, polling, and all
 * that is done with a reading: is it plausible, filters, derived measures, rounding, and whether it is published.
 */
export function defineSensor<Shape extends z.ZodRawShape, Name extends string>(
  sensor: SensorDefinition<Shape, Name>,
): DeviceKind {
  const { measures, oneAtATime } = sensor;
  const known = typeof measures === "function" ? undefined : measures;
  const ownOf = (chosen: unknown): Measures => known ?? measuresFor(measures, chosen as OptionsOf<Shape>);
  const derivedOf = (chosen: SharedOptions) => chosenDerivations(ownOf(chosen), chosen.derive);
  const shared = sharedOptions(sensor.every, known);
  const twice = Object.keys(shared).find((name) => name in sensor.options);
  if (twice !== undefined) throw new Error(`${sensor.kind} has an option ${twice}, which every sensor has`);
  const options = { ...sensor.options, ...shared };
  // The schemas are above. Added to a shape that only the caller knows, their types are lost to TypeScript.
  const typed = (chosen: unknown) => chosen as SharedOptions;
  const measured = (chosen: unknown) => measuresWith(ownOf(chosen), derivedOf(typed(chosen)));
  return defineDevice({
    kind: sensor.kind,
    summary: sensor.summary,
    usedFor: sensor.usedFor,
    searchedAs: sensor.searchedAs,
    ...(sensor.alsoCalled && { alsoCalled: sensor.alsoCalled }),
    group: sensor.group ?? "sensor",
    options,
    sharedOptions: Object.keys(shared).filter((name) => name !== "every"),
    example: sensor.example,
    measures: measured(z.object(options).parse(sensor.example)),
    measured,
    pretend: sensor.pretend as PretendedSensor,
    ...(sensor.connection && { connection: sensor.connection }),
    ...(sensor.wiring && { wiring: sensor.wiring as Wiring }),
    conflicts: (chosen) =>
      ({
        ...sensorConflicts(typed(chosen), ownOf(chosen), typed(chosen).derive ?? []),
        ...sensor.conflicts?.(chosen as never),
      }) as never,
    ...(sensor.warnings && { warnings: sensor.warnings as () => Readonly<Record<string, string>> }),
    state: sensorState(known),
    said: (chosen) => saidState(measured(chosen), typed(chosen).quality),
    entities: (chosen) => sensorEntities(ownOf(chosen), measuresWith({}, derivedOf(typed(chosen))), typed(chosen)),
    async setup(chosen, context) {
      // With the options of all sensors added to a shape that only the caller knows, TypeScript does not see that the kind's own are there.
      const own = chosen as unknown as OptionsOf<Shape>;
      const read = await sensor.open(own, context);
      const { clock, log, restate } = context;
      const readings = readingsOf({ own: ownOf(chosen), options: typed(chosen), clock, log, restate });
      let failures = 0;
      context.poll({
        everyMs: typed(chosen).every,
        timeoutMs: sensor.timeoutMs,
        oneAtATime: typeof oneAtATime === "function" ? oneAtATime(own) : oneAtATime,
        async read() {
          const before = failures;
          const raw = await read();
          // Nobody waits for it any more, so it must not count as published.
          if (failures > before) throw new UserError("the reading came too late");
          return readings.take(raw);
        },
        failed(error) {
          failures += 1;
          return readings.fail(error);
        },
      });
      return {};
    },
  });
}

type Measures = Readonly<Record<string, Measure>>;

function measuresFor<Shape extends z.ZodRawShape, Name extends string>(
  measures: SensorDefinition<Shape, Name>["measures"],
  options: OptionsOf<Shape>,
): Readonly<Record<Name, Measure>> {
  return typeof measures === "function" ? measures(options) : measures;
}
