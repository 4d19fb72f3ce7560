import { UserError } from "../errors.ts";
import { hexadecimal } from "../hardware/named-chip.ts";
import type { Files } from "../machine/files.ts";
import { readTrimmed } from "../machine/files.ts";
import type { Driver } from "./driver.ts";

/** Where a part is looked for. */
export interface PartPlace {
  /** The number of the I2C bus. */
  readonly bus: number;
  /** The 7-bit address. Undefined: any of the part's addresses. */
  readonly address?: number | undefined;
}

/** The folder below /sys of a part on I2C, as its driver shows it. Rejects with a sentence that says what is missing. */
export async function findPart(files: Files, driver: Driver, { bus, address }: PartPlace): Promise<string> {
  const found: { address: number; folder: string }[] = [];
  const tried = address === undefined ? driver.addresses : [address];
  for (const one of tried) {
    const folder = await partFolder(files, driver, `/sys/bus/i2c/devices/${deviceName(bus, one)}`, one);
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

/** The I2C device as the kernel names it: "1-0076". */
function deviceName(bus: number, address: number): string {
  return `${bus}-${address.toString(16).padStart(4, "0")}`;
}

/** The folder with the driver's files of one I2C or SPI device; undefined where there is no such device. */
async function partFolder(files: Files, driver: Driver, device: string, address: number): Promise<string | undefined> {
  const name = await readTrimmed(files, `${device}/name`);
  if (name === undefined) return undefined;
  if (!driver.names.includes(name))
    throw new UserError(`the kernel has ${name} at ${hexadecimal(address)}, not ${driver.names[0]}`, {
      hint: "write the kind or the address of the part that is there",
    });
  const folder = await subsystemFolder(files, driver, device);
  if (folder !== undefined) return folder;
  throw new UserError(`the kernel's driver ${driver.module} found no ${driver.names[0]} at ${hexadecimal(address)}`, {
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
