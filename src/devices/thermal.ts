import * as z from "zod";
import { UserError } from "../core/errors.ts";
import type { Files } from "../core/machine/files.ts";
import { thermalZones } from "../core/machine/named-folders.ts";
import { readHwmonFile } from "../core/readers/channel.ts";
import { patiently } from "../core/readers/patiently.ts";
import { quantity } from "../core/readers/quantity.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, milli } from "../core/simulation/pretend.ts";

/** A thermal zone of the kernel, by its type. Units: Documentation/driver-api/thermal/sysfs-api.rst of Linux 6.12, thousandths of a degree. */
export const thermal = defineSensor({
  kind: "thermal",
  summary: "The temperature of a thermal zone of the kernel, found by its type.",
  usedFor: "the temperature of any thermal zone, such as a modem or a graphics chip",
  group: "machine",
  options: {
    zone: z
      .string()
      .min(1)
      .max(60)
      .describe("The type of the zone: the text of the file type in its folder in /sys/class/thermal."),
  },
  example: { topic: "home/office/pmic", zone: "pmic-thermal", every: "1m" },
  every: { default: "1m", min: "1s" },
  measures: { temperature: { ...quantity.temperature, entity_category: "diagnostic", range: [-100, 200] } },
  pretend: {
    values: { temperature: around(44, 3, 100_000) },
    identity: ({ zone }) => zone,
    files: ({ zone }, { temperature }) => ({
      [`/sys/class/thermal/thermal_zone-${zone}/type`]: `${zone}\n`,
      [`/sys/class/thermal/thermal_zone-${zone}/temp`]: milli(temperature),
    }),
  },
  async open({ zone }, { files, clock }) {
    await findZone(files, zone);
    return async () => {
      const folder = await findZone(files, zone);
      return { temperature: (await patiently(clock, () => readHwmonFile(files, folder, "temp"))) / 1000 };
    };
  },
});

async function findZone(files: Files, zone: string): Promise<string> {
  const all = await thermalZones(files);
  const [first, second] = all.filter(({ name }) => name === zone);
  if (second !== undefined) throw new UserError(`there are several thermal zones of the type ${zone}`);
  if (first !== undefined) return first.folder;
  const types = [...new Set(all.map(({ name }) => name))].sort();
  throw new UserError(`there is no thermal zone of the type ${zone}`, {
    hint: types.length === 0 ? "the kernel shows none in /sys/class/thermal" : `there are ${types.join(", ")}`,
  });
}
