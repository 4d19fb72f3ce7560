import type * as z from "zod";
import { pinOptions } from "./pin.ts";
import type { Driver } from "./readers/driver.ts";

/** How a sensor is connected to the machine. "discover" looks for it by that, and docs/sensors.md says it. */
export interface Connection {
  readonly bus: "I2C" | "SPI" | "1-Wire" | "a serial line" | "a pin" | "the machine";
  /** The driver of the kernel that reads it. Absent where the agent speaks to it without one. */
  readonly driver?: Driver;
  /** The 7-bit addresses that it can have on I2C; the usual one first. */
  readonly addresses?: readonly number[];
  /** The line of config.txt that makes it appear, where that is no overlay of {@link driver}: "dtoverlay=w1-gpio". */
  readonly line?: string;
}

/** The parts of a kind by which it can be seen how it is connected. */
interface Connected {
  readonly options: z.ZodRawShape;
  readonly connection?: Connection | undefined;
}

/** How a kind is connected: as it says, or as its options show. */
export function connectionOf({ options, connection }: Connected): Connection {
  if (connection !== undefined) return connection;
  const addresses = i2cAddresses(options);
  if (addresses.length > 0) return { bus: "I2C", addresses };
  if (options["port"] !== undefined) return { bus: "a serial line" };
  return { bus: pinOptions(options).size > 0 ? "a pin" : "the machine" };
}

/** Whether an option of a kind takes a value. */
export function takes(options: z.ZodRawShape, option: string, value: unknown): boolean {
  return (options[option] as z.ZodType | undefined)?.safeParse(value).success === true;
}

/** A part has so many addresses at most; a kind that takes more is for any part. */
const mostAddresses = 16;

/** The addresses that the option `address` of a kind takes, if it has an option `bus` too. */
function i2cAddresses(options: z.ZodRawShape): readonly number[] {
  if (options["bus"] === undefined) return [];
  const all = Array.from({ length: 0x78 }, (_, number) => number);
  const taken = all.filter((number) => takes(options, "address", number));
  return taken.length > mostAddresses ? [] : taken;
}
