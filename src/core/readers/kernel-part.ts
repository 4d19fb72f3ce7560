import type * as z from "zod";
import type { DeviceKind, SensorGroup } from "../kind.ts";
import type { Files } from "../machine/files.ts";
import { defineSensor, type SensorContext } from "../sensor.ts";
import type { Drift } from "../simulation/pretend.ts";
import { i2cAddress, i2cBus, usualBus } from "./bus-address.ts";
import { channelFactor, readAttribute, readIioChannel } from "./channel.ts";
import type { Driver, Subsystem } from "./driver.ts";
import { findPart } from "./find-part.ts";
import type { PartMeasure } from "./part-measure.ts";
import { patiently } from "./patiently.ts";
import { pretendedFiles } from "./pretended-files.ts";

/** A part on I2C that a driver of the kernel shows as files. Its whole file is such a table. */
export interface KernelPart<Name extends string> {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  readonly group: SensorGroup;
  /** The topic of its example. */
  readonly topic: string;
  readonly driver: Driver;
  readonly measures: Readonly<Record<Name, PartMeasure>>;
  /** How often it is read by default, and at most. Default: every 30 s, and every second. */
  readonly every?: { readonly default: string; readonly min: string };
  /** Rejects where the part does not answer though its driver shows numbers. Absent: the files of its driver fail then. */
  mustAnswer?(files: Files, folder: string): Promise<void>;
}

/** Makes a kind of a part's table. It adds the options `bus` and `address`, reading, errors and the simulation. */
export function defineKernelPart<Name extends string>(part: KernelPart<Name>): DeviceKind {
  const { driver, measures } = part;
  const names = Object.keys(measures) as Name[];
  return defineSensor<{ bus: typeof i2cBus; address: z.ZodOptional<z.ZodNumber> }, Name>({
    kind: part.kind,
    summary: part.summary,
    usedFor: part.usedFor,
    group: part.group,
    options: { bus: i2cBus, address: i2cAddress(driver.addresses) as z.ZodOptional<z.ZodNumber> },
    example: { topic: part.topic },
    every: part.every ?? { default: "30s", min: "1s" },
    oneAtATime: ({ bus }) => `i2c-${bus}`,
    measures,
    pretend: {
      values: Object.fromEntries(names.map((name) => [name, measures[name].simulated])) as Record<Name, Drift>,
      identity: ({ bus, address }) => [bus, address ?? driver.addresses[0]],
      files: ({ bus, address }, values) =>
        pretendedFiles(
          driver,
          measures,
          { bus: Number(bus ?? usualBus), address: address as number | undefined },
          values,
        ),
    },
    async open(place, context) {
      await findPart(context.files, driver, place);
      return () => readPart(context, part, place);
    },
  });
}

/** Reads all measures. The part is looked for each time, because its number changes when its driver is loaded anew. */
async function readPart<Name extends string>(
  context: SensorContext,
  { driver, measures, mustAnswer }: KernelPart<Name>,
  place: Parameters<typeof findPart>[2],
): Promise<Record<Name, number>> {
  const folder = await findPart(context.files, driver, place);
  await mustAnswer?.(context.files, folder);
  return readMeasures(context, driver.subsystem, folder, measures);
}

/** What has to be known to read a measure. Without a range it is not cropped. */
type ReadMeasure = Pick<PartMeasure, "channel"> & Partial<PartMeasure>;

/** Reads these measures of a part from the folder of its driver, one after the other. */
export async function readMeasures<Name extends string>(
  { files, clock }: Pick<SensorContext, "files" | "clock">,
  subsystem: Subsystem,
  folder: string,
  measures: Readonly<Record<Name, ReadMeasure>>,
): Promise<Record<Name, number>> {
  const reading = {} as Record<Name, number>;
  for (const [name, measure] of Object.entries(measures) as [Name, ReadMeasure][])
    reading[name] = cropped(measure, await patiently(clock, () => readChannel(files, subsystem, folder, measure)));
  return reading;
}

/** The value of a channel in the unit of its measure. */
export async function readChannel(
  files: Files,
  subsystem: Subsystem,
  folder: string,
  { channel, factor = channelFactor(subsystem, channel) }: ReadMeasure,
): Promise<number> {
  const read = subsystem === "iio" ? readIioChannel : readAttribute;
  return (await read(files, folder, channel)) * factor;
}

/** The value, or the limit of its range where the part may show a little more or less than that. */
function cropped({ range, beyond = 0 }: ReadMeasure, value: number): number {
  if (range === undefined) return value;
  const [lowest, highest] = range;
  const isOutside = value < lowest - beyond || value > highest + beyond;
  return isOutside ? value : Math.min(Math.max(value, lowest), highest);
}
