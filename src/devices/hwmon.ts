import * as z from "zod";
import { readHwmonFile } from "../core/readers/channel.ts";
import { defineFreePart } from "../core/readers/free-part.ts";
import { findChip, mustHave } from "./hwmon/chip.ts";
import { type ChosenFile, chosenFile, multiplierOf, simulatedOf, unitClash } from "./hwmon/files.ts";

/** Any part that a driver of the kernel shows in /sys/class/hwmon. */
export const hwmon = defineFreePart<ChosenFile>({
  kind: "hwmon",
  summary:
    "Anything that a driver of the kernel shows in /sys/class/hwmon: fans, drives, power supplies, parts without a kind.",
  usedFor: "fans, drives and parts of Linux's hwmon that have no kind of their own",
  group: "machine",
  example: { topic: "home/office/fan", part: "pwmfan", measures: { speed: { file: "fan1_input" } } },
  about: {
    part: "What the kernel calls the part: the text of the file name in its folder in /sys/class/hwmon.",
    device:
      "Where it is, needed where there are two: 1-0048 on I2C bus 1 at 0x48, nvme1 for a drive. Default: the only one.",
    measures: "What is read: for each measure its file and, where the file's name does not say it, what it is.",
  },
  place: {
    file: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, { error: "is no file of hwmon; write its name, such as temp1_input or fan1_input" })
      .describe("The file with the value, such as temp1_input, fan1_input, in0_input or temp1_max_alarm."),
    multiply: z
      .number()
      .optional()
      .describe(
        "What the number in the file is multiplied by. Default: what makes °C, %, V, A, W, kWh or rpm of it, as its name says.",
      ),
  },
  offers: (names) =>
    names
      .filter((one) => /^(?:temp|humidity|in|curr|power|fan)\d+_input$/.test(one))
      .map((one) => [one.replace(/_input$/, ""), { file: one }]),
  measureOf: chosenFile,
  unitClash,
  find: findChip,
  mustHave: (files, _part, folder, wanted) => mustHave(files, folder, wanted),
  read: async (files, folder, one) => (await readHwmonFile(files, folder, one.file)) * multiplierOf(one),
  simulatedOf,
  shows: ({ part, device }, measures) => ({
    folder: `/sys/class/hwmon/hwmon-${part}-${device ?? "only"}`,
    texts: {
      name: part,
      ...Object.fromEntries(measures.map(([one, value]) => [one.file, `${Math.round(value / multiplierOf(one))}`])),
    },
  }),
});
