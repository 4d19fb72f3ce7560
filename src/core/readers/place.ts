import * as z from "zod";
import { i2cAddress, i2cBus, usualBus } from "./bus-address.ts";
import type { Driver } from "./driver.ts";

/** Where a part is looked for on I2C. */
export interface I2cPlace {
  /** The number of the I2C bus. */
  readonly bus: number;
  /** The 7-bit address. Undefined: any of the part's addresses. */
  readonly address?: number | undefined;
}

/** Where a part is looked for on SPI. */
export interface SpiPlace {
  /** The device as the kernel names it, bus and chip select: "spi0.1". Undefined: the only one there is. */
  readonly device?: string | undefined;
}

/** Where a part is looked for. */
export type PartPlace = I2cPlace | SpiPlace;

/** The device of pins 19, 21, 23 and 24 of the header. */
export const usualSpiDevice = "spi0.0";

/** Whether the driver's part is on SPI: it has no addresses. */
export function isOnSpi({ addresses }: Pick<Driver, "addresses">): boolean {
  return addresses.length === 0;
}

const spiDevice = z
  .string()
  .regex(/^spi\d{1,2}\.\d{1,2}$/, { error: "is no SPI device; write bus and chip select, such as spi0.0" })
  .optional()
  .describe(
    "The part's SPI device, such as spi0.0 for the one at CE0, needed where there are two. Default: the one that is there.",
  );

/** The options that say where a driver's part is. */
export type PlaceOptions = {
  bus: typeof i2cBus;
  address: z.ZodOptional<z.ZodNumber>;
  device: typeof spiDevice;
};

/** The options of a part: `bus` and `address` on I2C, `device` on SPI. */
export function placeOptions(driver: Driver): PlaceOptions {
  const options = isOnSpi(driver) ? { device: spiDevice } : { bus: i2cBus, address: i2cAddress(driver.addresses) };
  // A part has those of its bus only. The type has all, and those of the other bus are then undefined, as if nobody had written them.
  return options as unknown as PlaceOptions;
}

/** The word for what can do only one reading at a time: the bus. */
export function placeWord(driver: Driver, { bus, device }: I2cPlace & SpiPlace): string {
  return isOnSpi(driver) ? `spi-${/\d+/.exec(device ?? usualSpiDevice)?.[0]}` : `i2c-${bus}`;
}

/** The word of {@link placeWord} for a device as its bus calls it: "1-0048", "spi0.1". Undefined where it does not say its bus. */
export function busWord(device: string | undefined): string | undefined {
  const [, i2c, spi] = /^(?:(\d+)-[0-9a-f]{4}|spi(\d+)\.\d+)$/.exec(device ?? "") ?? [];
  return i2c === undefined ? spi && `spi-${spi}` : `i2c-${i2c}`;
}

/** The folder of the bus device that the simulation shows at a place. */
export function pretendedDevice(driver: Driver, { bus, address, device }: Readonly<Record<string, unknown>>): string {
  if (isOnSpi(driver)) return `/sys/bus/spi/devices/${device ?? usualSpiDevice}`;
  return `/sys/bus/i2c/devices/${i2cDeviceName(Number(bus ?? usualBus), Number(address ?? driver.addresses[0]))}`;
}

/** An I2C device as the kernel names it: "1-0076". */
export function i2cDeviceName(bus: number, address: number): string {
  return `${bus}-${address.toString(16).padStart(4, "0")}`;
}
