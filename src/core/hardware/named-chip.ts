import type { Files } from "../machine/files.ts";
import { readTrimmed } from "../machine/files.ts";
import { chipPin, type PinName } from "./pin-name.ts";

/** A chip that devices.yaml names in `gpio.chips`, and how to find it. */
export interface NamedChip {
  /** The name for pins, such as "relays" in `relays/3`. */
  readonly name: string;
  /** What the chip is: its label in `gpiodetect`, or its part, such as "mcp23017". */
  readonly label: string;
  /** Its address on the I2C bus, or among the chips of one SPI line. It tells chips of the same label apart. */
  readonly address?: number | undefined;
  /** Its device below /sys/bus, such as "1-0020", which tells also chips on different buses apart. */
  readonly device?: string | undefined;
}

/** A device on a bus, and the chips that its driver made. */
export interface BusDevice {
  /** Such as "1-0020" on I2C and "spi0.1" on SPI. It depends on the wiring alone, while the numbers of the chips change. */
  readonly device: string;
  /** The part, as the kernel calls the device; undefined if it does not say. */
  readonly part: string | undefined;
  readonly address: number | undefined;
  /** Whether the chip can tell the Pi of a change at once: the device tree says that its interrupt is wired. */
  readonly hasInterrupt: boolean;
  /** The names of its chips in /dev, /sys/class/gpio and /sys/class/pwm: "gpiochip2", "gpiochip570", "pwmchip3". */
  readonly chips: {
    readonly dev: readonly string[];
    readonly sysfs: readonly string[];
    readonly pwm: readonly string[];
  };
}

/** The pin that a line of a chip is. Without a chip it is a pin of the header. */
export function pinOn(chip: NamedChip | undefined, line: number): PinName {
  return chip === undefined ? line : chipPin({ chip: chip.name, line });
}

/** Such as "mcp23017 at 0x20". */
export function chipTitle({ label, address, device }: Omit<NamedChip, "name">): string {
  const at = address === undefined ? device : hexadecimal(address);
  return at === undefined ? label : `${label} at ${at}`;
}

/** An address as data sheets and overlays write it. */
export function hexadecimal(address: number): string {
  return `0x${address.toString(16).padStart(2, "0")}`;
}

/**
 * Whether this is the chip that is meant. `label` is what the kernel calls it. Some drivers take the part for that (mcp23017, pcf8574),
 * some add the address (mcp23s17.0), and some take the device alone (pca953x: "1-0020"). So the part is compared too.
 */
export function isMeant(wanted: Omit<NamedChip, "name">, label: string, found: BusDevice | undefined): boolean {
  const [, family, suffix] = /^(.*)\.(\d)$/.exec(label) ?? [];
  const names = [label, family, found?.part, found?.part?.replace(/-pwm$/, "")];
  const parts = [wanted.label, sameRegisters[wanted.label] ?? wanted.label];
  if (!parts.some((part) => names.includes(part))) return false;
  if (wanted.device !== undefined && wanted.device !== found?.device) return false;
  return wanted.address === undefined || wanted.address === found?.address || String(wanted.address) === suffix;
}

/** Parts that have no name of their own in the kernel's overlays, and the part whose registers they have. */
export const sameRegisters: Readonly<Record<string, string>> = { tca9535: "pca9535", tca9555: "pca9555" };

/** The devices of the buses for chips that made a GPIO or PWM chip. `device` is looked for on the bus of the board too. */
export async function busDevices(files: Files, device?: string): Promise<readonly BusDevice[]> {
  const found: BusDevice[] = [];
  const look = async (folder: string, name: string) => {
    const one = await busDevice(files, folder, name);
    if (Object.values(one.chips).some((chips) => chips.length > 0)) found.push(one);
  };
  for (const bus of ["i2c", "spi"])
    for (const name of await files.list(`/sys/bus/${bus}/devices`)) await look(`/sys/bus/${bus}/devices/${name}`, name);
  if (device !== undefined) await look(`/sys/bus/platform/devices/${device}`, device);
  return found;
}

async function busDevice(files: Files, folder: string, device: string): Promise<BusDevice> {
  const beginningWith = (start: string, names: readonly string[]) => names.filter((name) => name.startsWith(start));
  const [, address] = /^\d+-00([0-9a-f]{2})$/.exec(device) ?? [];
  const own = await files.list(folder);
  const node = own.includes("of_node") ? await files.list(`${folder}/of_node`) : [];
  return {
    device,
    part:
      (await readTrimmed(files, `${folder}/name`)) ?? (await readTrimmed(files, `${folder}/modalias`))?.split(":")[1],
    address: address === undefined ? undefined : Number.parseInt(address, 16),
    hasInterrupt: node.some((name) => name === "interrupts" || name === "interrupts-extended"),
    chips: {
      dev: beginningWith("gpiochip", own),
      sysfs: beginningWith("gpiochip", own.includes("gpio") ? await files.list(`${folder}/gpio`) : []),
      pwm: beginningWith("pwmchip", own.includes("pwm") ? await files.list(`${folder}/pwm`) : []),
    },
  };
}
