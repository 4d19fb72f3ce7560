import * as z from "zod";
import { readHwmonFile } from "../core/readers/channel.ts";
import { freeMeasures } from "../core/readers/free-measures.ts";
import { patiently } from "../core/readers/patiently.ts";
import { busWord } from "../core/readers/place.ts";
import { eachOf, readEach } from "../core/readers/read-each.ts";
import { defineSensor } from "../core/sensor.ts";
import { findChip, mustHave } from "./hwmon/chip.ts";
import { type ChosenFile, chosenFile, multiplierOf, simulatedOf, unitClash } from "./hwmon/files.ts";

const file = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, { error: "is no file of hwmon; write its name, such as temp1_input or fan1_input" })
  .describe("The file with the value, such as temp1_input, fan1_input, in0_input or temp1_max_alarm.");

const multiply = z
  .number()
  .optional()
  .describe(
    "What the number in the file is multiplied by. Default: what makes °C, %, V, A, W, kWh or rpm of it, as its name says.",
  );

type Chosen = Readonly<Record<string, ChosenFile>>;

/** Any part that a driver of the kernel shows in /sys/class/hwmon. */
export const hwmon = defineSensor({
  kind: "hwmon",
  summary:
    "Anything that a driver of the kernel shows in /sys/class/hwmon: fans, drives, power supplies, parts without a kind.",
  usedFor: "fans, drives and parts of Linux's hwmon that have no kind of their own",
  group: "machine",
  options: {
    part: z
      .string()
      .min(1)
      .max(60)
      .describe("What the kernel calls the part: the text of the file name in its folder in /sys/class/hwmon."),
    device: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe(
        "Where it is, needed where there are two: 1-0048 on I2C bus 1 at 0x48, nvme1 for a drive. Default: the only one.",
      ),
    measures: freeMeasures({ file, multiply }).describe(
      "What is read: for each measure its file and, where the file's name does not say it, what it is.",
    ),
  },
  example: { topic: "home/office/fan", part: "pwmfan", measures: { speed: { file: "fan1_input" } } },
  every: { default: "30s", min: "1s" },
  connection: {
    bus: "the machine",
    isGeneral: true,
    recognise({ subsystem, name, names }) {
      const found = names.filter((one) => /^(?:temp|humidity|in|curr|power|fan)\d+_input$/.test(one)).slice(0, 8);
      if (subsystem !== "hwmon" || found.length === 0) return undefined;
      const measures = found.map((one) => [one.replace(/_input$/, ""), { file: one }]);
      return { part: name, measures: Object.fromEntries(measures) };
    },
  },
  oneAtATime: ({ part, device }) => busWord(device) ?? `hwmon-${part}`,
  measures: ({ measures }) => eachOf(measures as Chosen, chosenFile),
  conflicts({ measures }) {
    const clashes = Object.entries(measures as Chosen).flatMap(([name, one]) => unitClash(name, one) ?? []);
    return clashes[0] === undefined ? {} : { measures: clashes[0] };
  },
  pretend: {
    values: ({ measures }) => eachOf(measures as Chosen, simulatedOf),
    identity: ({ part, device }) => [part, device],
    files({ part, device, measures }, values) {
      const folder = `/sys/class/hwmon/hwmon-${part}-${device ?? "only"}`;
      const shown = Object.entries(measures as Chosen).map(([name, one]) => [
        `${folder}/${one.file}`,
        `${Math.round((values[name] ?? 0) / multiplierOf(one))}\n`,
      ]);
      return { [`${folder}/name`]: `${part}\n`, ...Object.fromEntries(shown) };
    },
  },
  async open({ part, device, measures }, { files, clock }) {
    const chosen = measures as Chosen;
    await mustHave(files, await findChip(files, part, device), Object.values(chosen));
    return async () => {
      // The part is looked for each time, because its number changes when its driver is loaded anew.
      const folder = await findChip(files, part, device);
      const read = (one: ChosenFile) => async () =>
        (await patiently(clock, () => readHwmonFile(files, folder, one.file))) * multiplierOf(one);
      return readEach(eachOf(chosen, read));
    };
  },
});
