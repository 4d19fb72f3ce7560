import type * as z from "zod";
import type { Files } from "./machine/files.ts";
import { oncePerKind } from "./once-per-kind.ts";
import { pinOptions } from "./pin.ts";
import type { Driver, Subsystem } from "./readers/driver.ts";

/** Something that a driver of the kernel shows in a class of its own. */
export interface Shown {
  readonly subsystem: Subsystem;
  /** What the kernel calls it: the text of its file `name`; of a power supply the name of its folder. */
  readonly name: string;
  readonly folder: string;
  /** The names in the folder. */
  readonly names: readonly string[];
  readonly files: Files;
}

/** How a sensor is connected to the machine. "discover" looks for it by that, and docs/sensors.md says it. */
export interface Connection {
  readonly bus: "I2C" | "SPI" | "1-Wire" | "a serial line" | "a pin" | "the machine";
  /** The driver of the kernel that reads it. Absent where the agent speaks to it without one. */
  readonly driver?: Driver;
  /** The 7-bit addresses that it can have on I2C; the usual one first. */
  readonly addresses?: readonly number[];
  /** The line of config.txt that makes it appear, where that is no overlay of {@link driver}: "dtoverlay=w1-gpio". */
  readonly line?: string;
  /** The options of a device that is this, besides its topic; undefined where it is none of the kind's. */
  recognise?(shown: Shown): Promise<FoundOptions | undefined> | FoundOptions | undefined;
  /** Whether {@link recognise} takes nearly everything, so that it is asked only where no other kind knows it. */
  readonly isGeneral?: boolean;
}

/** Options as they are written in devices.yaml. */
export type FoundOptions = Readonly<Record<string, unknown>>;

/** The parts of a kind by which it can be seen how it is connected. */
interface Connected {
  readonly options: z.ZodRawShape;
  readonly connection?: Connection | undefined;
}

/** How a kind is connected: as it says, or as its options show. */
export function connectionOf({ options, connection }: Connected): Connection {
  return connection ?? shownConnection(options);
}

const shownConnection = oncePerKind((options): Connection => {
  const addresses = i2cAddresses(options);
  if (addresses.length > 0) return { bus: "I2C", addresses };
  if (options["port"] !== undefined) return { bus: "a serial line" };
  return { bus: pinOptions(options).size > 0 ? "a pin" : "the machine" };
});

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
