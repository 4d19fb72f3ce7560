import type { DeviceKind, SensorGroup } from "../kind.ts";
import { channelFactor } from "./channel.ts";
import type { Driver } from "./driver.ts";
import type { PartMeasure } from "./part-measure.ts";
import { pretendedChannels } from "./pretended-files.ts";
import { defineReadPart } from "./read-part.ts";

/** A part on I2C or SPI that a driver of the kernel shows as files. Its whole file is such a table. */
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
}

/** Makes a kind of a part's table. It adds the options that say where the part is, reading, errors and the simulation. */
export function defineKernelPart<Name extends string>({ topic, ...part }: KernelPart<Name>): DeviceKind {
  const { driver, measures } = part;
  const all = Object.entries(measures) as [Name, PartMeasure][];
  const ofEach = <Value>(value: (name: Name, measure: PartMeasure) => Value) =>
    Object.fromEntries(all.map(([name, measure]) => [name, value(name, measure)])) as Record<Name, Value>;
  return defineReadPart({
    ...part,
    options: {},
    example: { topic },
    simulated: ofEach((_name, { simulated }) => simulated),
    async read(files) {
      const reading = {} as Record<Name, number>;
      for (const [name, { channel, factor = channelFactor(driver.subsystem, channel) }] of all)
        reading[name] = (await files.channel(channel)) * factor;
      return reading;
    },
    shows: (values) => pretendedChannels(driver, measures, values),
  });
}
