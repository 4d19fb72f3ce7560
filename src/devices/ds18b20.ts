import * as z from "zod";
import { UserError } from "../core/errors.ts";
import type { Files } from "../core/machine/files.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, milli } from "../core/simulation/pretend.ts";

const root = "/sys/bus/w1/devices";

/** DS18S20, DS1822, DS18B20, DS1825 and DS28EA00. The kernel's driver w1_therm reads all of them (Documentation/w1/slaves/w1_therm.rst). */
const address = /^(10|22|28|3b|42)-[0-9a-f]{12}$/;

/** A 1-Wire thermometer. */
export const ds18b20 = defineSensor({
  kind: "ds18b20",
  summary: "A DS18B20 1-Wire thermometer, read through the kernel (dtoverlay=w1-gpio).",
  usedFor: "temperature from a DS18B20 on 1-Wire",
  group: "climate",
  options: {
    address: z
      .string()
      .regex(address, {
        error:
          "is not the number of a thermometer; write its folder's name in /sys/bus/w1/devices, such as 28-0316a2795dff",
      })
      .optional()
      .describe("The sensor's own number, needed where several share the bus. Default: the only one there is."),
  },
  example: { topic: "home/cellar/boiler", address: "28-0316a2795dff", every: "1m" },
  every: { default: "1m", min: "2s" },
  connection: { bus: "1-Wire", line: "dtoverlay=w1-gpio" },
  oneAtATime: "w1",
  measures: { temperature: { unit: "°C", device_class: "temperature", digits: 2, range: [-55, 125] } },
  pretend: {
    values: { temperature: around(19, 1, 300_000) },
    identity: pretendedAddress,
    files: (options, { temperature }) => ({ [`${root}/${pretendedAddress(options)}/temperature`]: milli(temperature) }),
  },
  async open(options, { files }) {
    let last: number | undefined;
    return async () => {
      const folder = `${root}/${options.address ?? (await onlyAddress(files))}`;
      last = celsius(await readMilliCelsius(files, folder), last);
      return { temperature: last };
    };
  },
});

/** The sensor that the simulation shows if the configuration names none. */
function pretendedAddress({ address: chosen = "28-0316a2795dff" }: Readonly<Record<string, unknown>>): unknown {
  return chosen;
}

async function onlyAddress(files: Files): Promise<string> {
  const found = (await files.list(root)).filter((name) => address.test(name));
  if (found[0] === undefined)
    throw new UserError("there is no 1-Wire thermometer", {
      hint: 'add "dtoverlay=w1-gpio" to /boot/firmware/config.txt, reboot, and check the wiring and its 4.7 kΩ resistor',
    });
  if (found.length > 1)
    throw new UserError(`there are several 1-Wire thermometers: ${found.join(", ")}`, {
      hint: "choose one by address",
    });
  return found[0];
}

async function readMilliCelsius(files: Files, folder: string): Promise<number> {
  const text = await files.readText(`${folder}/temperature`).catch((cause) => {
    throw new UserError(`${folder.slice(root.length + 1)} is not on the 1-Wire bus`, {
      hint: "check its wiring",
      cause,
    });
  });
  // The file is empty when the sensor does not answer or the checksum is wrong (w1_therm.c, temperature_show).
  if (text.trim() === "") throw new UserError("the sensor did not answer", { hint: "check its wiring" });
  return Number(text);
}

/** The value in °C. Throws if it is the value that the sensor gives after losing power during a conversion. */
function celsius(milli: number, last: number | undefined): number {
  const value = milli / 1000;
  if (value === 85 && !(last !== undefined && last >= 80 && last <= 90))
    throw new UserError("the sensor gave its power-on value of 85 °C", { hint: "check its 3.3 V supply" });
  return value;
}
