import { channelFactor } from "./channel.ts";
import type { Driver } from "./driver.ts";
import type { PartMeasure } from "./part-measure.ts";

/** The channels that a driver shows of a part with these values, by their files, for the simulation. */
export function pretendedChannels(
  { subsystem }: Driver,
  measures: Readonly<Record<string, PartMeasure>>,
  values: Readonly<Record<string, number>>,
): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [name, { channel, factor = channelFactor(subsystem, channel) }] of Object.entries(measures)) {
    const number = (values[name] ?? 0) / factor;
    files[subsystem === "iio" ? `${channel}_input` : channel] =
      subsystem === "iio" ? number.toFixed(6) : `${Math.round(number)}`;
  }
  return files;
}
