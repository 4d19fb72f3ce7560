import { channelFactor } from "./channel.ts";
import type { Driver } from "./driver.ts";
import type { PartPlace } from "./find-part.ts";
import type { PartMeasure } from "./part-measure.ts";

/** The files that a driver makes of a part with these values, for the simulation. */
export function pretendedFiles(
  { subsystem, names, addresses }: Driver,
  measures: Readonly<Record<string, Pick<PartMeasure, "channel" | "factor">>>,
  { bus, address = addresses[0] ?? 0 }: PartPlace,
  values: Readonly<Record<string, number>>,
): Readonly<Record<string, string>> {
  const device = `/sys/bus/i2c/devices/${bus}-${address.toString(16).padStart(4, "0")}`;
  const folder = `${device}/${{ iio: "iio:device0", hwmon: "hwmon/hwmon0", power_supply: "power_supply/battery" }[subsystem]}`;
  const files: Record<string, string> = { [`${device}/name`]: `${names[0]}\n`, [`${folder}/name`]: `${names[0]}\n` };
  for (const [name, { channel, factor = channelFactor(subsystem, channel) }] of Object.entries(measures)) {
    const number = (values[name] ?? 0) / factor;
    files[`${folder}/${subsystem === "iio" ? `${channel}_input` : channel}`] =
      `${subsystem === "iio" ? number.toFixed(6) : Math.round(number)}\n`;
  }
  return files;
}
