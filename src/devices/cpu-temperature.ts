import { UserError } from "../core/errors.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";
import { hwmonFolders, type NamedFolder, thermalZones } from "../core/machine/named-folders.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, milli } from "../core/simulation/pretend.ts";

/** The names of thermal zones and hwmon chips that belong to the processor: those of a Pi first, then those of PCs. */
const processorNames = ["cpu-thermal", "cpu_thermal", "x86_pkg_temp", "coretemp", "k10temp", "zenpower", "soc-thermal"];

/** The temperature of the processor. */
export const cpuTemperature = defineSensor({
  kind: "cpu_temperature",
  summary: "The temperature of the processor, on a Pi or any other Linux.",
  usedFor: "the temperature of the Pi itself",
  alsoCalled: ["cputemp", "internaltemperature"],
  group: "machine",
  options: {},
  example: { topic: "home/office/pi", every: "1m" },
  every: { default: "1m", min: "1s" },
  connection: {
    bus: "the machine",
    recognise: ({ subsystem, name }) => (subsystem === "hwmon" && processorNames.includes(name) ? {} : undefined),
  },
  measures: {
    temperature: {
      unit: "°C",
      device_class: "temperature",
      entity_category: "diagnostic",
      digits: 1,
      range: [-40, 150],
    },
  },
  pretend: {
    values: { temperature: around(47, 4, 90_000) },
    files: (_options, { temperature }) => ({
      "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
      "/sys/class/thermal/thermal_zone0/temp": milli(temperature),
    }),
  },
  async open(_options, { files }) {
    const file = await findFile(files);
    return async () => ({ temperature: Number((await files.readText(file)).trim() || Number.NaN) / 1000 });
  },
});

/**
 * Finds the file with the temperature. In both places the value is in thousandths of a degree. The numbers of the folders change between
 * boots, their names do not.
 */
async function findFile(files: Files): Promise<string> {
  const candidates = [
    ...(await readable(files, await thermalZones(files), "temp")),
    ...(await readable(files, await hwmonFolders(files), "temp1_input")),
  ];
  for (const name of processorNames) {
    const match = candidates.find((candidate) => candidate.name === name);
    if (match !== undefined) return match.file;
  }
  const [first] = candidates;
  if (first !== undefined) return first.file;
  throw new UserError("this machine shows no temperature in /sys/class/thermal or /sys/class/hwmon", {
    hint: "a virtual machine has none; remove the device or run with --simulate",
  });
}

async function readable(files: Files, folders: readonly NamedFolder[], valueFile: string) {
  const found: { name: string; file: string }[] = [];
  for (const { folder, name } of folders) {
    const file = `${folder}/${valueFile}`;
    if ((await readTrimmed(files, file)) !== undefined) found.push({ name, file });
  }
  return found;
}
