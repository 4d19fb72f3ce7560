import { connectionOf, type FoundOptions } from "../core/connection.ts";
import { errorCode, explain, UserError } from "../core/errors.ts";
import { overlayLine } from "../core/hardware/chip-parts.ts";
import { hexadecimal } from "../core/hardware/named-chip.ts";
import type { Files } from "../core/machine/files.ts";
import { readTrimmed } from "../core/machine/files.ts";
import { usualBus } from "../core/readers/bus-address.ts";
import { overlayHint } from "../core/readers/find-part.ts";
import { i2cDeviceName } from "../core/readers/place.ts";
import type { Finding, FoundDevice, FoundPlace, Look, LookPorts } from "./finding.ts";
import { known, proposed } from "./propose.ts";

const root = "/sys/bus/i2c/devices";

/** The buses of the header, by the overlays that make them. Others belong to the board: HDMI, cameras, the power supply. */
const headerBuses = [usualBus, 3, 4, 5, 6];

/** Addresses 0x00 to 0x07 and 0x78 to 0x7f are reserved by the I2C specification (3.1.12). */
const [firstAddress, lastAddress] = [0x08, 0x77];

/** What a bus says when nobody answers. */
const silence = ["EREMOTEIO", "ENXIO", "EIO"];

/** Parts on the I2C buses of the header: those that have a driver, and those that answer without one. */
export const lookAtI2c: Look = async (ports) => {
  const names = await ports.files.list(root);
  const buses = headerBuses.filter((bus) => bus === usualBus || names.includes(`i2c-${bus}`));
  const places: FoundPlace[] = [];
  for (const bus of buses) places.push(await lookAtBus(ports, names, bus));
  return places;
};

async function lookAtBus(ports: LookPorts, names: readonly string[], bus: number): Promise<FoundPlace> {
  const findings: Finding[] = [];
  // A bus that cannot be asked is asked no more; the kernel still says which parts it reads there.
  let problem: string | undefined;
  for (let address = firstAddress; address <= lastAddress; address++) {
    const device = i2cDeviceName(bus, address);
    try {
      if (names.includes(device)) findings.push(await withDriver(ports, device, { bus, address }));
      else if (problem === undefined && (await answers(ports, bus, address)))
        findings.push(withoutDriver(ports, { bus, address }));
    } catch (error) {
      problem = explain(error);
    }
  }
  if (findings.length === 0) problem ??= "nothing answers; check the wires and the supply of what is there";
  return { place: `I2C bus ${bus}`, findings, problem };
}

/** Where a part is. */
interface Place {
  readonly bus: number;
  readonly address: number;
}

/**
 * Whether something answers at an address. As i2cdetect does, it writes nothing to most addresses, and reads a byte where memories are:
 * some of these would take a write for the beginning of one.
 */
async function answers({ i2c }: LookPorts, bus: number, address: number): Promise<boolean> {
  const isMemory = (address >= 0x30 && address <= 0x37) || (address >= 0x50 && address <= 0x5f);
  try {
    const part = await i2c.open(bus, address);
    await part.transfer([], isMemory ? 1 : 0);
    return true;
  } catch (error) {
    if (error instanceof UserError && silence.includes(errorCode(error.cause))) return false;
    throw error;
  }
}

/** A part that the kernel knows: an overlay, or somebody by hand, has said what it is. */
async function withDriver({ files, kinds }: LookPorts, device: string, place: Place): Promise<Finding> {
  const folder = `${root}/${device}`;
  const name = (await readTrimmed(files, `${folder}/name`)) ?? "a part without a name";
  const isBound = (await files.list(folder)).includes("driver") || (await isShown(files, folder));
  const at = `${name} at ${hexadecimal(place.address)}`;
  if (!isBound)
    return {
      what: `the kernel was told of ${at}, and no driver found it; check its wires, and its address`,
      devices: [],
      isSure: false,
    };
  const devices = kinds
    .filter((kind) => connectionOf(kind).driver?.names.includes(name))
    .map((kind) => proposed(kind, optionsAt(place)));
  const chip = overlayLine({ label: name });
  const pins =
    chip === undefined
      ? ""
      : `, a chip of pins: "gpio: {chips: {NAME: {label: ${name}, address: ${hexadecimal(place.address)}}}}"`;
  return known(`${at}, which a driver of the kernel reads${pins}`, devices);
}

/** Whether a driver has made files for the device. Not each system shows the link `driver`. */
async function isShown(files: Files, folder: string): Promise<boolean> {
  return (await files.list(folder)).some((name) => /^(iio:device|hwmon|power_supply|gpiochip|pwm)/.test(name));
}

/** Something that answers, and which parts usually have its address. */
function withoutDriver({ kinds }: LookPorts, place: Place): Finding {
  const devices = kinds.flatMap((kind): FoundDevice[] => {
    const { addresses = [], driver, bus } = connectionOf(kind);
    if (bus !== "I2C" || !addresses.includes(place.address)) return [];
    const first = driver && overlayHint(driver, place);
    return [{ ...proposed(kind, optionsAt(place)), first }];
  });
  return { what: `something answers at ${hexadecimal(place.address)}`, devices, isSure: false };
}

function optionsAt({ bus, address }: Place): FoundOptions {
  return { ...(bus !== usualBus && { bus }), address };
}
