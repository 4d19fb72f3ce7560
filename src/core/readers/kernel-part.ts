import type { DeviceKind } from "../kind.ts";
import type { SensorGroup } from "../kind-groups.ts";
import { NoValue } from "../sensor/no-value.ts";
import { channelFactor } from "./channel.ts";
import type { BeginDoubt } from "./doubt/doubt.ts";
import type { Driver } from "./driver.ts";
import type { PartFiles } from "./part-files.ts";
import type { PartMeasure } from "./part-measure.ts";
import { readingCode } from "./patiently.ts";
import { pretendedChannels } from "./pretended-files.ts";
import { defineReadPart } from "./read-part.ts";

/** A part on I2C or SPI that a driver of the kernel shows as files. Its whole file is such a table. */
export interface KernelPart<Name extends string> {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  /** See {@link import("../kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  readonly group: SensorGroup;
  /** The topic of its example. */
  readonly topic: string;
  readonly driver: Driver;
  readonly measures: Readonly<Record<Name, PartMeasure>>;
  /** How often it is read by default, and at most. Default: every 30 s, and every second. */
  readonly every?: { readonly default: string; readonly min: string };
  /** See {@link import("./read-part.ts").ReadPart.waitsMs}. */
  readonly waitsMs?: number;
  /** A file that asks the part itself. It is read first, because the other files go on with old values when the part is gone. */
  readonly asks?: string;
  /** Whether a version of its driver shows the number of an error with a minus where a reading failed, such as -121. */
  readonly mayShowErrors?: boolean;
  /** See {@link import("./read-part.ts").ReadPart.doubt}. */
  readonly doubt?: BeginDoubt;
  /** Rejects where the part does not answer though its driver shows numbers. Absent: the files of its driver fail then. */
  mustAnswer?(files: PartFiles): Promise<void>;
}

/** Makes a kind of a part's table. It adds the options that say where the part is, reading, errors and the simulation. */
export function defineKernelPart<Name extends string>({ topic, ...part }: KernelPart<Name>): DeviceKind {
  const { driver, measures, asks, mustAnswer } = part;
  const all = Object.entries(measures) as [Name, PartMeasure][];
  const ofEach = <Value>(value: (name: Name, measure: PartMeasure) => Value) =>
    Object.fromEntries(all.map(([name, measure]) => [name, value(name, measure)])) as Record<Name, Value>;
  return defineReadPart({
    ...part,
    options: {},
    example: { topic },
    simulated: ofEach((_name, { simulated }) => simulated),
    async read(files) {
      if (asks !== undefined) await files.number(asks);
      await mustAnswer?.(files);
      const reading = {} as Record<Name, number | NoValue>;
      for (const [name, measure] of all) reading[name] = await readMeasure(files, part, measure);
      return reading;
    },
    shows: (values) => ({ ...(asks !== undefined && { [asks]: 1 }), ...pretendedChannels(driver, measures, values) }),
  });
}

/** The value of a measure in its unit. */
async function readMeasure(
  files: PartFiles,
  { driver, mayShowErrors }: Pick<KernelPart<string>, "driver" | "mayShowErrors">,
  measure: PartMeasure,
): Promise<number | NoValue> {
  const { channel, factor = channelFactor(driver.subsystem, channel), otherUnit, missing = {} } = measure;
  try {
    const number = await files.channel(channel, mayShowErrors);
    if (otherUnit === undefined) return cropped(measure, number * factor);
    const { above = Number.POSITIVE_INFINITY, scaleBelow } = otherUnit;
    const isOther =
      number > above || (scaleBelow !== undefined && Math.abs(await files.number(`${channel}_scale`)) < scaleBelow);
    return cropped(measure, number * (isOther ? otherUnit.factor : factor));
  } catch (error) {
    const reason = missing[readingCode(error)];
    if (reason === undefined) throw error;
    return new NoValue(reason);
  }
}

/** The value, or the limit of its range where the part may show a little more or less than that. */
function cropped({ range: [lowest, highest], beyond = 0 }: PartMeasure, value: number): number {
  const isOutside = value < lowest - beyond || value > highest + beyond;
  return isOutside ? value : Math.min(Math.max(value, lowest), highest);
}
