import { UserError } from "../errors.ts";
import { hexadecimal } from "../hardware/named-chip.ts";
import type { Files } from "../machine/files.ts";
import { readTrimmed } from "../machine/files.ts";
import { addressesText, usualBus } from "./bus-address.ts";
import type { Driver } from "./driver.ts";
import { type I2cPlace, i2cDeviceName, isOnSpi, type PartPlace, type SpiPlace, usualSpiDevice } from "./place.ts";

/** The folder below /sys of a part, as its driver shows it. Rejects with a sentence that says what is missing. */
export async function findPart(files: Files, driver: Driver, place: PartPlace): Promise<string> {
  return isOnSpi(driver) ? findOnSpi(files, driver, place as SpiPlace) : findOnI2c(files, driver, place as I2cPlace);
}

async function findOnI2c(files: Files, driver: Driver, { bus, address }: I2cPlace): Promise<string> {
  const found: { address: number; folder: string }[] = [];
  const problems: unknown[] = [];
  const tried = address === undefined ? driver.addresses : [address];
  for (const one of tried) {
    const device = `/sys/bus/i2c/devices/${i2cDeviceName(bus, one)}`;
    // What is wrong at one address does not matter where the part is at another one.
    const looked = partFolder(files, driver, device, hexadecimal(one)).catch((error) => void problems.push(error));
    const folder = await looked;
    if (folder !== undefined) found.push({ address: one, folder });
  }
  const [first, second] = found;
  if (second !== undefined)
    throw new UserError(`there are two at ${found.map((one) => hexadecimal(one.address)).join(" and ")}`, {
      hint: "choose one by address",
    });
  if (first !== undefined) return first.folder;
  if (problems.length > 0) throw problems[0];
  throw new UserError(`the kernel shows no ${driver.names[0]} at ${addressesText(tried)} on I2C bus ${bus}`, {
    hint: `${await busFirst(files, driver, bus)}${overlayHint(driver, { bus, address })}`,
  });
}

/** An overlay switches its bus on; new_device is there only where the bus is on. */
async function busFirst(files: Files, { overlay }: Driver, bus: number): Promise<string> {
  if (overlay !== undefined || bus !== usualBus) return "";
  const isOn = (await files.list("/sys/bus/i2c/devices")).includes(`i2c-${bus}`);
  return isOn ? "" : 'I2C is off, so run "sudo raspi-config nonint do_i2c 0" first; ';
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
  // An IIO device is directly below the part. The others are in a folder between; a power supply has the name that its driver gives it.
  const parent = subsystem === "iio" ? device : `${device}/${subsystem}`;
  const start = { iio: "iio:device", hwmon: "hwmon", power_supply: "" }[subsystem];
  const own = (await files.list(parent)).find((name) => name.startsWith(start));
  return own === undefined ? undefined : `${parent}/${own}`;
}

/** The other buses that the overlay i2c-sensor knows by a parameter, such as i2c3 (arch/arm/boot/dts/overlays/README). */
const busesOfOverlays = [0, 3, 4, 5, 6];

/** What to do so that the kernel shows the part on I2C. */
export function overlayHint(driver: Driver, { bus, address }: I2cPlace): string {
  const { overlay, hasAddr, overlaySince, names, addresses, since } = driver;
  const kernel = since === undefined ? "" : `, with Linux ${since} or newer`;
  const at = address ?? addresses[0] ?? 0;
  const isMoved = at !== addresses[0];
  const hasBus = bus === usualBus || busesOfOverlays.includes(bus);
  const tee = `sudo tee /sys/bus/i2c/devices/i2c-${bus}/new_device`;
  const byHand = `run "echo ${names[0]} ${hexadecimal(at)} | ${tee}" at each boot`;
  if (overlay === undefined || !hasBus || (isMoved && !hasAddr)) {
    const why = overlay === undefined ? "it has no overlay" : "its overlay has no such place";
    return `${why}: ${byHand}${kernel}`;
  }
  const where = `${isMoved ? `,addr=${hexadecimal(at)}` : ""}${bus === usualBus ? "" : `,i2c${bus}`}`;
  const older =
    overlaySince === undefined ? "" : `; a system from before ${overlaySince} has no such overlay: ${byHand}`;
  return `add "dtoverlay=${overlay}${where}" to /boot/firmware/config.txt and reboot${kernel}${older}`;
}

/** What to do so that the kernel shows the part on SPI. The driver's overlay is written as for spi0.0. */
export function spiOverlayHint({ overlay = "", since }: Driver, device: string = usualSpiDevice): string {
  const line = overlay.replace("spi0-0", device.replace(".", "-"));
  const kernel = since === undefined ? "" : `, with Linux ${since} or newer`;
  const other = device.startsWith("spi0.") ? "" : `, after the line "dtoverlay=${device.split(".")[0]}-3cs",`;
  return `add "dtoverlay=${line}" to /boot/firmware/config.txt${other} and reboot${kernel}`;
}
