import { UserError } from "../core/errors.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";
import { chooseChip, type WantedChip } from "./chips.ts";

/** Where the kernel shows its PWM chips (Documentation/driver-api/pwm.rst). */
export const root = "/sys/class/pwm";

/** A PWM channel that drives a pin. */
export interface PwmChannel {
  /** The folder of the chip. Its number has no meaning: it has changed between kernels (raspberrypi/linux#6818). */
  readonly chip: string;
  readonly number: number;
  /** The folder of the channel. It exists after the channel is exported. */
  readonly folder: string;
}

/** A PWM chip, and the pins of its channels. */
export interface PwmChip {
  readonly path: string;
  /** The channels by pin. */
  readonly channels: Readonly<Record<number, number>>;
}

/**
 * The PWM chips with pins on the header: the one of Pi 0 to 4, at address 7e20c000, and one in the RP1 of the Pi 5. The other one of the
 * RP1 drives the fan.
 */
const known: readonly { readonly node: RegExp; readonly channels: Readonly<Record<number, number>> }[] = [
  { node: /pwm@7e20c000$/, channels: { 12: 0, 13: 1, 18: 0, 19: 1 } },
  { node: /pwm@98000$/, channels: { 12: 0, 13: 1, 14: 2, 15: 3, 18: 2, 19: 3 } },
];

/** The chips with channels on pins of the header. */
export async function findPwmChips(files: Files): Promise<readonly PwmChip[]> {
  const found: PwmChip[] = [];
  for (const name of await files.list(root)) {
    if (!name.startsWith("pwmchip")) continue;
    const path = `${root}/${name}`;
    const node = /^OF_FULLNAME=(.*)$/m.exec((await readTrimmed(files, `${path}/device/uevent`)) ?? "")?.[1] ?? "";
    const channels = known.find((one) => one.node.test(node))?.channels ?? (await pinOfOverlay(files, path));
    if (channels !== undefined) found.push({ path, channels });
  }
  return found;
}

/** The channel that drives the pin. If there is none, the line that config.txt needs. */
export async function findChannel(files: Files, pin: number): Promise<PwmChannel | string> {
  for (const { path, channels } of await findPwmChips(files)) {
    const number = channels[pin];
    if (number === undefined || !(await isLedOut(files, pin, channels))) continue;
    return { chip: path, number, folder: `${path}/pwm${number}` };
  }
  if (pin === 18 || pin === 19) return "dtoverlay=pwm-2chan";
  if (pin === 12 || pin === 13) return "dtoverlay=pwm-2chan,pin=12,func=4,pin2=13,func2=4";
  return `dtoverlay=pwm-gpio,gpio=${pin}`;
}

/** The PWM chip that devices.yaml names. Rejects with a UserError if it is not there. */
export async function findNamedChip(wanted: WantedChip): Promise<{ readonly path: string; readonly channels: number }> {
  const { files } = wanted;
  const names = (await files.list(root)).filter((name) => name.startsWith("pwmchip"));
  const chips = await Promise.all(
    names.map(async (name) => {
      const uevent = (await readTrimmed(files, `${root}/${name}/device/uevent`)) ?? "";
      return { name, label: /^DRIVER=(.*)$/m.exec(uevent)?.[1] ?? "" };
    }),
  );
  const { name } = await chooseChip(chips, wanted, root, "pwm");
  return { path: `${root}/${name}`, channels: Number(await readTrimmed(files, `${root}/${name}/npwm`)) };
}

/** A channel of a chip. Throws a UserError if the chip has no such channel. */
export function channelIn(chip: { readonly path: string; readonly channels: number }, number: number): PwmChannel {
  if (number >= chip.channels)
    throw new UserError(`${chip.path} has no channel ${number}, only 0 to ${chip.channels - 1}`);
  return { chip: chip.path, number, folder: `${chip.path}/pwm${number}` };
}

/** An overlay for one pin (pwm-gpio) makes a chip that names the pin in `gpios`: phandle, pin, flags, each a u32. */
async function pinOfOverlay(files: Files, path: string): Promise<Readonly<Record<number, number>> | undefined> {
  const gpios = await files.readBytes(`${path}/device/of_node/gpios`).catch(() => undefined);
  if (gpios === undefined || gpios.length < 8) return undefined;
  return { [new DataView(gpios.buffer, gpios.byteOffset).getUint32(4)]: 0 };
}

/**
 * Whether the channel's signal is connected to this pin. On Pi 0 to 4 each channel has two possible pins, and the device tree may say which
 * one is used.
 */
async function isLedOut(files: Files, pin: number, channels: Readonly<Record<number, number>>): Promise<boolean> {
  const sharesChannel = Object.values(channels).filter((number) => number === channels[pin]).length > 1;
  const path = "/proc/device-tree/soc/gpio@7e200000/pwm_pins/brcm,pins";
  const pins = sharesChannel ? await files.readBytes(path).catch(() => undefined) : undefined;
  if (pins === undefined) return true;
  const view = new DataView(pins.buffer, pins.byteOffset, pins.length);
  return Array.from({ length: pins.length / 4 }, (_, index) => view.getUint32(index * 4)).includes(pin);
}
