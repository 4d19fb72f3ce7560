import { errorCode, UserError } from "../errors.ts";
import type { Files } from "../machine/files.ts";
import type { Subsystem } from "./driver.ts";

/**
 * What a channel's number has to be multiplied by, so that it is in the unit of {@link import("./quantity.ts").quantity}. By the beginning
 * of the channel's name (Documentation/ABI/testing/sysfs-bus-iio, sysfs-class-hwmon and sysfs-class-power of Linux 6.12).
 */
const factors: readonly (readonly [subsystem: Subsystem, start: string, factor: number])[] = [
  ["iio", "in_temp", 1 / 1000],
  ["iio", "in_humidityrelative", 1 / 1000],
  ["iio", "in_pressure", 10],
  ["iio", "in_voltage", 1 / 1000],
  ["iio", "in_current", 1 / 1000],
  ["iio", "in_power", 1 / 1000],
  ["iio", "in_concentration", 10_000],
  ["hwmon", "temp", 1 / 1000],
  ["hwmon", "humidity", 1 / 1000],
  ["hwmon", "in", 1 / 1000],
  ["hwmon", "curr", 1 / 1000],
  ["hwmon", "power", 1 / 1_000_000],
  ["hwmon", "energy", 1 / 3_600_000_000_000],
  ["power_supply", "voltage", 1 / 1_000_000],
  ["power_supply", "current", 1 / 1_000_000],
  ["power_supply", "power", 1 / 1_000_000],
  ["power_supply", "energy", 1 / 1_000_000_000],
  ["power_supply", "temp", 1 / 10],
];

/** The factor of a channel, see {@link factors}; 1 for a channel that is published as it is read. */
export function channelFactor(subsystem: Subsystem, channel: string): number {
  return factors.find(([of, start]) => of === subsystem && channel.startsWith(start))?.[2] ?? 1;
}

/**
 * Reads a channel of an IIO device, such as `in_temp` or `in_voltage0`, in IIO's unit: the file `_input`, or (raw + offset) × scale. Offset
 * and scale may stand in the channel's own file or in one that channels share, see {@link filesOf}. Rejects with a system error when the
 * kernel cannot read the part, and with a UserError when there is no such channel.
 */
export async function readIioChannel(files: Files, folder: string, channel: string): Promise<number> {
  const input = await optional(files, `${folder}/${channel}_input`);
  if (input !== undefined) return numberIn(input);
  const raw = await optional(files, `${folder}/${channel}_raw`);
  if (raw === undefined) throw new UserError(`the driver shows no channel ${channel}`);
  const first = async (attribute: string, otherwise: number) => {
    for (const name of filesOf(channel, attribute)) {
      const text = await optional(files, `${folder}/${name}`);
      if (text !== undefined) return numberIn(text);
    }
    return otherwise;
  };
  return (numberIn(raw) + (await first("offset", 0))) * (await first("scale", 1));
}

/**
 * Where an attribute of a channel can stand (drivers/iio/industrialio-core.c, __iio_device_attr_init): in the channel's own file
 * (`in_voltage0_scale`), or in one that is shared by its type (`in_voltage_scale`; `in_voltage-voltage_scale` for the difference
 * `in_voltage0-voltage1`; `in_accel_scale` for `in_accel_x`), by its direction (`in_scale`) or by all (`scale`).
 */
function filesOf(channel: string, attribute: string): ReadonlySet<string> {
  const [ofType = channel, direction = ""] = /^(in|out)_[a-z]+/.exec(channel) ?? [];
  const ofDifference = channel.replace(/\d+-/, "-").replace(/\d+$/, "");
  const shared = channel.includes("-") ? ofDifference : ofType;
  return new Set([...[channel, shared, direction].map((start) => `${start}_${attribute}`), attribute]);
}

/** The names of the channels of an IIO device that can be read, in alphabetical order. */
export async function iioChannels(files: Files, folder: string): Promise<readonly string[]> {
  const names = (await files.list(folder)).flatMap((file) => /^((?:in|out)_.+)_(?:input|raw)$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Reads a file of a hwmon device or a power supply, such as `temp1_input`, in the unit of its subsystem. */
export async function readHwmonFile(files: Files, folder: string, name: string): Promise<number> {
  const text = await optional(files, `${folder}/${name}`);
  if (text === undefined) throw new UserError(`the driver shows no file ${name}`);
  return numberIn(text);
}

/** The text of a file; undefined where there is none. Other errors are for the caller. */
async function optional(files: Files, path: string): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The number that a file begins with; a unit may follow. NaN for a file without one. */
function numberIn(text: string): number {
  const [word = ""] = text.trim().split(/\s/);
  return word === "" ? Number.NaN : Number(word);
}
