import { connectionOf, type Shown } from "../core/connection.ts";
import type { DeviceKind } from "../core/kind.ts";
import { readTrimmed } from "../core/machine/files.ts";
import type { Finding, FoundDevice, FoundPlace, Look, LookPorts } from "./finding.ts";
import { known, proposed } from "./propose.ts";

/** Parts on SPI, as an overlay has told the kernel of them. */
export const lookAtSpi: Look = async ({ files, kinds }) => {
  const root = "/sys/bus/spi/devices";
  const names = await files.list(root);
  const findings: Finding[] = [];
  for (const device of names) {
    const name = (await readTrimmed(files, `${root}/${device}/modalias`))?.split(":")[1];
    if (name === undefined || name === "spidev") continue;
    const reading = kinds.filter((kind) => connectionOf(kind).bus === "SPI" && reads(kind, name));
    findings.push(
      known(
        `${name} at ${device}`,
        reading.map((kind) => proposed(kind, { device })),
      ),
    );
  }
  return [{ place: "SPI", findings, problem: findings.length > 0 ? undefined : spiProblem(names.length > 0) }];
};

function spiProblem(isOn: boolean): string {
  return isOn
    ? "SPI is on, and no overlay says what is connected; a part on SPI cannot be asked, so add its overlay (docs/sensors.md)"
    : 'SPI is off; add "dtparam=spi=on" to /boot/firmware/config.txt and reboot, if something is connected to it';
}

/** Whether the kind's driver reads a part of this name. */
function reads(kind: DeviceKind, name: string): boolean {
  return connectionOf(kind).driver?.names.includes(name) === true;
}

/** IIO devices that are on no bus of parts: a DHT on a pin, a converter on USB, and what else has such a driver. */
export const lookAtIio: Look = (ports) =>
  lookAtShown(ports, "IIO, besides those above", "iio", "/sys/bus/iio/devices", "iio:device");

/** What hwmon shows besides the parts that a kind reads. */
export const lookAtHwmon: Look = (ports) =>
  lookAtShown(ports, "hwmon, besides those above", "hwmon", "/sys/class/hwmon", "hwmon");

/** Batteries, gauges and supplies. */
export const lookAtPowerSupplies: Look = (ports) =>
  lookAtShown(ports, "Power supplies", "power_supply", "/sys/class/power_supply", "");

async function lookAtShown(
  { files, kinds }: LookPorts,
  place: string,
  subsystem: Shown["subsystem"],
  root: string,
  start: string,
): Promise<readonly FoundPlace[]> {
  const findings: Finding[] = [];
  for (const device of await files.list(root)) {
    const folder = `${root}/${device}`;
    const name = subsystem === "power_supply" ? device : await readTrimmed(files, `${folder}/name`);
    // What a kind reads by its driver was found on its bus.
    if (name === undefined || !device.startsWith(start) || kinds.some((kind) => reads(kind, name))) continue;
    findings.push(await recognised({ subsystem, name, folder, names: await files.list(folder), files }, kinds));
  }
  return findings.length === 0 ? [] : [{ place, findings }];
}

/** What a kind makes of it: the one that knows it, or those for anything. */
async function recognised(shown: Shown, kinds: readonly DeviceKind[]): Promise<Finding> {
  const own: FoundDevice[] = [];
  const general: FoundDevice[] = [];
  for (const kind of kinds) {
    const { recognise, isGeneral } = connectionOf(kind);
    const options = await recognise?.(shown);
    if (options !== undefined) (isGeneral ? general : own).push(proposed(kind, options));
  }
  return own.length > 0 ? known(shown.name, own) : { what: shown.name, devices: general, isSure: false };
}
