import * as z from "zod";
import { UserError } from "../core/errors.ts";
import type { Files } from "../core/machine/files.ts";
import { channelFactor, readHwmonFile } from "../core/readers/channel.ts";
import { choose, chosenDrifts, chosenMeasures, type Offered } from "../core/readers/chosen-measures.ts";
import { patiently } from "../core/readers/patiently.ts";
import { quantity } from "../core/readers/quantity.ts";
import { readEach } from "../core/readers/read-each.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { defineSensor, type SensorContext } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";

const root = "/sys/class/power_supply";

/** What a power supply can show, with the file of each (Documentation/ABI/testing/sysfs-class-power of Linux 6.12). */
const files = {
  voltage: "voltage_now",
  current: "current_now",
  power: "power_now",
  battery: "capacity",
  temperature: "temp",
  charging: "status",
  online: "online",
} as const;
type Name = keyof typeof files;

const offered: Offered<Name> = {
  voltage: { ...quantity.voltage, digits: 2, range: [0, 1000], simulated: around(3.9, 0.2, 1_800_000) },
  current: { ...quantity.current, range: [-1000, 1000], simulated: around(0.4, 0.1, 600_000) },
  power: { ...quantity.power, range: [-100_000, 100_000], simulated: around(1.6, 0.4, 600_000) },
  battery: { ...quantity.battery, range: [0, 100], simulated: around(74, 14, 1_800_000) },
  temperature: { ...quantity.temperature, range: [-60, 150], simulated: around(28, 2, 900_000) },
  charging: { device_class: "battery_charging", flag: true, digits: 0, range: [0, 1], simulated: around(1, 0, 60_000) },
  online: { device_class: "plug", flag: true, digits: 0, range: [0, 1], simulated: around(1, 0, 60_000) },
};

/** A battery, a charger or a mains adapter, as its driver shows it. */
export const powerSupply = defineSensor({
  kind: "power_supply",
  summary: "A battery, a charger or a mains adapter that a driver of the kernel shows in /sys/class/power_supply.",
  usedFor: "a battery, a charger or a UPS that Linux knows as a power supply",
  group: "electricity",
  options: {
    supply: z
      .string()
      .regex(/^[^/\s.][^/\s]*$/, {
        error: `is no power supply; write the name of its folder in ${root}, such as battery`,
      })
      .optional()
      .describe(
        `The name of its folder in ${root}, which its driver gives it, such as battery. Default: the only one.`,
      ),
    measures: chosenMeasures(offered, ["voltage", "battery"], "What is read"),
  },
  example: { topic: "home/office/ups", supply: "battery", measures: ["voltage", "battery", "charging"] },
  every: { default: "30s", min: "1s" },
  connection: {
    bus: "the machine",
    isGeneral: true,
    recognise: ({ subsystem, name }) => (subsystem === "power_supply" ? { supply: name } : undefined),
  },
  measures: ({ measures }) => choose(offered, measures),
  pretend: {
    values: ({ measures }) => chosenDrifts(offered, measures as readonly string[]),
    identity: ({ supply }) => supply,
    files({ supply = "battery", measures }, values) {
      const folder = `${root}/${supply}`;
      const shown = (measures as readonly Name[]).map((name) => [`${folder}/${files[name]}`, textOf(name, values)]);
      return { [`${folder}/type`]: "Battery\n", ...Object.fromEntries(shown) };
    },
  },
  async open({ supply, measures }, context) {
    const find = () => folderOf(context.files, supply);
    await mustShow(context.files, await find(), measures);
    return async () => {
      const folder = await find();
      return readEach(eachOf(measures, (name) => () => readValue(context, folder, name)));
    };
  },
});

function eachOf<Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

/** Rejects with a sentence where the supply does not show one of these measures. */
async function mustShow(tree: Files, folder: string, wanted: readonly Name[]): Promise<void> {
  const there = await tree.list(folder);
  const shown = (Object.keys(files) as Name[]).filter((name) => there.includes(files[name]));
  const missing = wanted.filter((name) => !shown.includes(name));
  if (missing.length === 0) return;
  throw new UserError(`${folder.slice(root.length + 1)} shows no ${missing.join(" and no ")}`, {
    hint: shown.length === 0 ? "it shows nothing that can be read" : `it shows ${shown.join(", ")}`,
  });
}

async function readValue({ files: tree, clock }: SensorContext, folder: string, name: Name): Promise<number | NoValue> {
  if (name === "charging") return isCharging(tree, folder);
  const number = await patiently(clock, () => readHwmonFile(tree, folder, files[name]));
  // A charger may also be online in a way that has a number of its own, 2 or 3.
  return name === "online" ? Number(number > 0) : number * channelFactor("power_supply", files[name]);
}

/** Whether the battery is being charged. Many gauges of batteries do not know, and their drivers say so. */
async function isCharging(tree: Files, folder: string): Promise<number | NoValue> {
  const status = (await tree.readText(`${folder}/status`)).trim();
  return status === "Unknown" ? new NoValue("its driver does not know") : Number(status === "Charging");
}

function textOf(name: Name, values: Readonly<Record<Name, number>>): string {
  if (name === "charging") return values.charging === 0 ? "Discharging\n" : "Charging\n";
  return `${Math.round(values[name] / channelFactor("power_supply", files[name]))}\n`;
}

async function folderOf(tree: Files, supply: string | undefined): Promise<string> {
  const all = await tree.list(root);
  const there = all.length === 0 ? `the kernel shows none in ${root}` : `there are ${all.join(", ")}`;
  if (supply !== undefined && !all.includes(supply))
    throw new UserError(`there is no power supply ${supply}`, { hint: there });
  if (supply === undefined && all.length !== 1)
    throw new UserError(all.length === 0 ? "there is no power supply" : "there are several power supplies", {
      hint: all.length === 0 ? there : `choose one by supply: ${all.join(", ")}`,
    });
  return `${root}/${supply ?? all[0]}`;
}
