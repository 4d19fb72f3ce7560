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
  for (const [name, { channel, factor = channelFactor(subsystem, channel), otherUnit }] of Object.entries(measures)) {
    const number = (values[name] ?? 0) / factor;
    if (subsystem !== "iio") files[channel] = `${Math.round(number)}`;
    else if (otherUnit?.scaleBelow === undefined) files[`${channel}_input`] = number.toFixed(9);
    else Object.assign(files, { [`${channel}_raw`]: `${Math.round(number)}`, [`${channel}_scale`]: "1" });
  }
  return files;
}
