import { connectionOf } from "../core/connection.ts";
import type { Files } from "../core/machine/files.ts";
import { readTrimmed } from "../core/machine/files.ts";
import type { Finding, FoundDevice, Look } from "./finding.ts";

/** Files that hold a measurement, by subsystem (Documentation/ABI/testing/sysfs-bus-iio, sysfs-class-hwmon). */
const measured = {
  iio: /^in_.*_(raw|input)$/,
  hwmon: /^(temp|humidity|in|curr|power|energy|fan|pwm)\d+(_input|_average)?$/,
};

/** Parts on SPI, as an overlay has told the kernel of them. */
export const lookAtSpi: Look = async ({ files, kinds }) => {
  const root = "/sys/bus/spi/devices";
  const names = await files.list(root);
  const findings: Finding[] = [];
  for (const device of names) {
    const name = (await readTrimmed(files, `${root}/${device}/modalias`))?.split(":")[1];
    if (name === undefined || name === "spidev") continue;
    const devices = kinds
      .filter((kind) => connectionOf(kind).bus === "SPI" && connectionOf(kind).driver?.names.includes(name))
      .map(({ kind }): FoundDevice => ({ kind, options: { device } }));
    findings.push({ what: `${name} at ${device}`, devices, isSure: devices.length === 1 });
  }
  const problem =
    findings.length > 0
      ? undefined
      : names.length > 0
        ? "SPI is on, and no overlay says what is connected; a part on SPI cannot be asked, so add its overlay (docs/sensors.md)"
        : 'SPI is off; add "dtparam=spi=on" to /boot/firmware/config.txt and reboot, if something is connected to it';
  return [{ place: "SPI", findings, problem }];
};

/** IIO devices that are on no bus of parts: a DHT on a pin, a converter on USB, and what else has such a driver. */
export const lookAtIio: Look = async ({ files, kinds }) => {
  const root = "/sys/bus/iio/devices";
  const findings: Finding[] = [];
  for (const device of await files.list(root)) {
    const folder = `${root}/${device}`;
    const name = await readTrimmed(files, `${folder}/name`);
    if (name === undefined || !device.startsWith("iio:device") || isNamed(kinds, name)) continue;
    const pin = name.startsWith("dht11") ? await pinOf(files, folder) : undefined;
    if (pin !== undefined) findings.push({ what: `a DHT sensor on GPIO${pin}`, devices: [dht(pin)], isSure: true });
    else findings.push({ what: `${name}, with ${await channels(files, folder, "iio")}`, devices: [], isSure: false });
  }
  return findings.length === 0 ? [] : [{ place: "IIO, besides those above", findings }];
};

function dht(pin: number): FoundDevice {
  return { kind: "dht", options: { pin } };
}

/** The pin of the driver dht11: the property `gpios` is phandle, pin and flags, each of 32 bits. */
async function pinOf(files: Files, folder: string): Promise<number | undefined> {
  const gpios = await files.readBytes(`${folder}/of_node/gpios`).catch(() => undefined);
  return gpios === undefined || gpios.length < 8
    ? undefined
    : new DataView(gpios.buffer, gpios.byteOffset).getUint32(4);
}

/** Whether a kind reads a device of this name, so that it was found on its bus. */
function isNamed(kinds: Parameters<Look>[0]["kinds"], name: string): boolean {
  return kinds.some((kind) => connectionOf(kind).driver?.names.includes(name));
}

/** The channels of a device, as its files show them. */
async function channels(files: Files, folder: string, subsystem: keyof typeof measured): Promise<string> {
  const names = (await files.list(folder)).filter((name) => measured[subsystem].test(name));
  const short = [...new Set(names.map((name) => name.replace(/_(raw|input)$/, "")))];
  return short.length === 0 ? "no channel that is known" : short.slice(0, 12).join(", ");
}

/** What hwmon shows besides the parts that a kind reads. */
export const lookAtHwmon: Look = async ({ files, kinds }) => {
  const root = "/sys/class/hwmon";
  const findings: Finding[] = [];
  for (const device of await files.list(root)) {
    const folder = `${root}/${device}`;
    const name = await readTrimmed(files, `${folder}/name`);
    if (name === undefined || isNamed(kinds, name)) continue;
    const isProcessor = /^cpu[_-]thermal$|^coretemp$|^k10temp$/.test(name);
    const devices = isProcessor ? [{ kind: "cpu_temperature", options: {} }] : [];
    findings.push({ what: `${name}, with ${await channels(files, folder, "hwmon")}`, devices, isSure: isProcessor });
  }
  return findings.length === 0 ? [] : [{ place: "hwmon, besides those above", findings }];
};

/** Batteries, gauges and supplies. */
export const lookAtPowerSupplies: Look = async ({ files }) => {
  const root = "/sys/class/power_supply";
  const findings: Finding[] = [];
  for (const device of await files.list(root)) {
    const type = (await readTrimmed(files, `${root}/${device}/type`)) ?? "a supply";
    findings.push({ what: `${device} (${type})`, devices: [], isSure: false });
  }
  return findings.length === 0 ? [] : [{ place: "Power supplies", findings }];
};
