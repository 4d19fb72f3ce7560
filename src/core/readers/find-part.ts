import { UserError } from "../errors.ts";
import { hexadecimal } from "../hardware/named-chip.ts";
import type { Files } from "../machine/files.ts";
import { readTrimmed } from "../machine/files.ts";
import type { Driver } from "./driver.ts";
import { type I2cPlace, i2cDeviceName, isOnSpi, type PartPlace, type SpiPlace, usualSpiDevice } from "./place.ts";

/** The folder below /sys of a part, as its driver shows it. Rejects with a sentence that says what is missing. */
export async function findPart(files: Files, driver: Driver, place: PartPlace): Promise<string> {
  return isOnSpi(driver) ? findOnSpi(files, driver, place as SpiPlace) : findOnI2c(files, driver, place as I2cPlace);
}

async function findOnI2c(files: Files, driver: Driver, { bus, address }: I2cPlace): Promise<string> {
  const found: { address: number; folder: string }[] = [];
  const tried = address === undefined ? driver.addresses : [address];
  for (const one of tried) {
    const folder = await partFolder(files, driver, `/sys/bus/i2c/devices/${i2cDeviceName(bus, one)}`, hexadecimal(one));
    if (folder !== undefined) found.push({ address: one, folder });
  }
  const [first, second] = found;
  if (second !== undefined)
    throw new UserError(`there are two at ${found.map((one) => hexadecimal(one.address)).join(" and ")}`, {
      hint: "choose one by address",
    });
  if (first !== undefined) return first.folder;
  throw new UserError(
    `the kernel shows no ${driver.names[0]} at ${tried.map(hexadecimal).join(" or ")} on I2C bus ${bus}`,
    { hint: overlayHint(driver, address) },
  );
}

async function findOnSpi(files: Files, driver: Driver, { device }: SpiPlace): Promise<string> {
  const root = "/sys/bus/spi/devices";
  const chosen = device ?? (await onlySpiDevice(files, driver, root));
  const folder = chosen && (await partFolder(files, driver, `${root}/${chosen}`, chosen));
  if (folder) return folder;
  const where = device === undefined ? "on SPI" : `at ${device}`;
  throw new UserError(`the kernel shows no ${driver.names[0]} ${where}`, { hint: spiOverlayHint(driver, device) });
}

/** The only SPI device that is such a part; undefined where there is none. */
async function onlySpiDevice(files: Files, { names }: Driver, root: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const device of await files.list(root))
    if (names.includes((await partName(files, `${root}/${device}`)) ?? "")) found.push(device);
  if (found.length > 1)
    throw new UserError(`there are two at ${found.join(" and ")}`, { hint: "choose one by device" });
  return found[0];
}

/** What the kernel calls a part: the file `name` on I2C; on SPI `modalias`, which is "spi:mcp3008" (drivers/spi/spi.c). */
async function partName(files: Files, device: string): Promise<string | undefined> {
  return (
    (await readTrimmed(files, `${device}/name`)) ?? (await readTrimmed(files, `${device}/modalias`))?.split(":")[1]
  );
}

/** The folder with the driver's files of one I2C or SPI device; undefined where there is no such device. */
async function partFolder(files: Files, driver: Driver, device: string, at: string): Promise<string | undefined> {
  const name = await partName(files, device);
  if (name === undefined) return undefined;
  if (!driver.names.includes(name))
    throw new UserError(`the kernel has ${name} at ${at}, not ${driver.names[0]}`, {
      hint: isOnSpi(driver) ? spiOverlayHint(driver, at) : "write the kind or the address of the part that is there",
    });
  const folder = await subsystemFolder(files, driver, device);
  if (folder !== undefined) return folder;
  throw new UserError(`the kernel's driver ${driver.module} found no ${driver.names[0]} at ${at}`, {
    hint: "check its wiring and its supply, then reboot; dmesg says more",
  });
}

async function subsystemFolder(files: Files, { subsystem }: Driver, device: string): Promise<string | undefined> {
  const parent = subsystem === "iio" ? device : `${device}/hwmon`;
  const start = subsystem === "iio" ? "iio:device" : "hwmon";
  const own = (await files.list(parent)).find((name) => name.startsWith(start) && name !== "hwmon");
  return own === undefined ? undefined : `${parent}/${own}`;
}

/** What to do so that the kernel shows the part. */
export function overlayHint({ overlay, hasAddr, names, addresses, since }: Driver, address?: number): string {
  const [usual] = addresses;
  const kernel = since === undefined ? "" : `, with Linux ${since} or newer`;
  const at = address ?? usual ?? 0;
  if (overlay === undefined)
    return `it has no overlay: run "echo ${names[0]} ${hexadecimal(at)} | sudo tee /sys/bus/i2c/devices/i2c-1/new_device" at each boot${kernel}`;
  const addr = hasAddr && at !== usual ? `,addr=${hexadecimal(at)}` : "";
  return `add "dtoverlay=${overlay}${addr}" to /boot/firmware/config.txt and reboot${kernel}`;
}

/** What to do so that the kernel shows the part on SPI. The driver's overlay is written as for spi0.0. */
export function spiOverlayHint({ overlay = "", since }: Driver, device: string = usualSpiDevice): string {
  const line = overlay.replace("spi0-0", device.replace(".", "-"));
  const kernel = since === undefined ? "" : `, with Linux ${since} or newer`;
  const other = device.startsWith("spi0.") ? "" : `, after the line "dtoverlay=${device.split(".")[0]}-3cs",`;
  return `add "dtoverlay=${line}" to /boot/firmware/config.txt${other} and reboot${kernel}`;
}
