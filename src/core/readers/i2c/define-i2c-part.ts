import type * as z from "zod";
import { explain } from "../../errors.ts";
import type { DeviceKind, OptionsOf } from "../../kind.ts";
import type { SensorGroup } from "../../kind-groups.ts";
import type { Measure } from "../../measure.ts";
import type { NoValue } from "../../sensor/no-value.ts";
import { defineSensor, type SensorContext } from "../../sensor.ts";
import type { Drift } from "../../simulation/pretend.ts";
import { i2cBus, usualBus, usualI2cAddress } from "../bus-address.ts";
import { PartOnBus } from "./part-on-bus.ts";

/** A measure of a part on I2C, and how it moves when it is simulated. */
export interface I2cMeasure extends Measure {
  readonly simulated: Drift;
}

/** Measures by name. */
type I2cMeasures<Name extends string> = Readonly<Record<Name, I2cMeasure>>;

/** One reading: a value for each measure, or why the part does not give it now. */
export type I2cReading<Name extends string> = Readonly<Record<Name, number | NoValue>>;

/** A part on I2C for which the kernel has no driver. Its whole file is such an object. */
export interface I2cPart<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  /** See {@link import("../../kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  readonly group: SensorGroup;
  /** The topic of its example. */
  readonly topic: string;
  /** The 7-bit addresses that it can have; the usual one first. */
  readonly addresses: readonly [number, ...number[]];
  /** Its own options, besides `bus` and `address`. */
  readonly options?: Shape;
  readonly measures: I2cMeasures<Name> | ((options: OptionsOf<Shape>) => I2cMeasures<Name>);
  /** How often it is read by default, and at most. Default: every 30 s, and every second. */
  readonly every?: { readonly default: string; readonly min: string };
  /**
   * Identifies the part and writes its settings, as after power-on, and returns how to read it. Reading rejects when the part does not have
   * these settings any more. Then it is set up again, and read once more.
   */
  setUp(part: PartOnBus, options: OptionsOf<Shape>): Promise<() => Promise<I2cReading<Name>>>;
  /** What a part with these values answers to the bytes of a transaction. Undefined: nothing. */
  pretend(
    options: OptionsOf<Shape>,
    now: () => Readonly<Record<Name, number>>,
  ): (bytes: readonly number[], length: number) => readonly number[] | undefined;
}

/** Where a part is, as devices.yaml says it. */
interface Place {
  readonly bus: number;
  readonly address: number;
}

/** Makes a kind of a part. It adds the options `bus` and `address`, setting it up again after its supply was off, and the simulation. */
export function defineI2cPart<Shape extends z.ZodRawShape, Name extends string>(
  part: I2cPart<Shape, Name>,
): DeviceKind {
  const { kind, summary, usedFor, group, topic, addresses } = part;
  const measuresOf = (options: unknown) =>
    typeof part.measures === "function" ? part.measures(options as OptionsOf<Shape>) : part.measures;
  const driftsOf = (options: unknown) =>
    Object.fromEntries(
      Object.entries<I2cMeasure>(measuresOf(options)).map(([name, { simulated }]) => [name, simulated]),
    ) as Record<Name, Drift>;
  const placeOf = (options: Readonly<Record<string, unknown>>): Place => ({
    bus: Number(options["bus"] ?? usualBus),
    address: Number(options["address"] ?? addresses[0]),
  });
  return defineSensor<z.ZodRawShape, Name>({
    kind,
    summary,
    usedFor,
    searchedAs: part.searchedAs,
    group,
    options: { bus: i2cBus, address: usualI2cAddress(addresses), ...part.options },
    example: { topic },
    every: part.every ?? { default: "30s", min: "1s" },
    oneAtATime: (options) => `i2c-${placeOf(options).bus}`,
    measures: typeof part.measures === "function" ? measuresOf : part.measures,
    pretend: {
      values: typeof part.measures === "function" ? driftsOf : driftsOf(undefined),
      identity: (options) => Object.values(placeOf(options)),
      i2c: (options, now) => ({ ...placeOf(options), transfer: part.pretend(options as OptionsOf<Shape>, now) }),
    },
    open: (options, context) => openPart(part, placeOf(options), options as OptionsOf<Shape>, context),
  });
}

/** Sets the part up, and returns how to read it and to set it up again when that fails. */
async function openPart<Shape extends z.ZodRawShape, Name extends string>(
  part: I2cPart<Shape, Name>,
  { bus, address }: Place,
  options: OptionsOf<Shape>,
  { i2c, clock, log }: SensorContext,
) {
  const setUp = async () => part.setUp(new PartOnBus(await i2c.open(bus, address), clock), options);
  let read: (() => Promise<I2cReading<Name>>) | undefined = await setUp();
  return async () => {
    const known = read;
    // Whatever happens until the reading is there, the part has to be set up again.
    read = undefined;
    const reading =
      known && (await known().catch((error) => void log.debug({ reason: explain(error) }, "set up again")));
    if (reading !== undefined) {
      read = known;
      return reading;
    }
    const anew = await setUp();
    const again = await anew();
    read = anew;
    return again;
  };
}
