import * as z from "zod";
import { errorCode, UserError } from "../core/errors.ts";
import type { FileBeginning, Files } from "../core/machine/files.ts";
import { measuresOf } from "../core/readers/free-measures.ts";
import { pretendedDrifts, pretendedText } from "../core/readers/pretended-text.ts";
import { describedMeasures, placesProblem, printedMeasures, valuesIn } from "../core/readers/printed/printed-values.ts";
import { defineSensor } from "../core/sensor.ts";
import { duration } from "../core/time/duration.ts";

/** A reading is a number or a few; a file of more than 64 KiB is something else. */
const mostBytes = 64 * 1024;

/** A file that another program or a driver writes; what is in it is the reading. */
export const file = defineSensor({
  kind: "file",
  summary: "A file of your own choice; the number or the JSON in it is the reading.",
  usedFor: "whatever stands in a file, as a number or JSON",
  options: {
    path: z
      .string()
      .regex(/^\/.*[^/]$/, {
        error: "is not the whole path of a file; write it from the first /, as in /run/level.json",
      })
      .max(1000)
      .describe(
        "The whole path of the file, such as /run/level.json. Name nothing whose number changes at a boot, such as hwmon2.",
      ),
    measures: printedMeasures.describe(
      "What is in it: for each measure its unit, device_class, state_class, digits, range and name, and where its number stands: json, as in rooms[0].temperature, or after, as in temp=. Default: one number, called value.",
    ),
    max_age: duration({ min: "1s", max: "30d" })
      .optional()
      .describe(
        "How old the file may be. An older one is no reading: whoever writes it has stopped. It is for files that a program writes; those of the kernel in /sys and /proc have no age. Default: no limit.",
      ),
  },
  example: {
    topic: "home/cellar/tank",
    path: "/run/tank/level.json",
    measures: { level: { unit: "cm", device_class: "distance", digits: 0, range: [0, 250] } },
    max_age: "10m",
  },
  every: { default: "1m", min: "1s" },
  // A drive of the network that is gone then holds one reading, and not one for each of its files.
  oneAtATime: ({ path }) => `folder ${path.replace(/\/[^/]*$/, "")}`,
  measures: ({ measures }) => measuresOf(describedMeasures(measures)),
  conflicts({ measures }) {
    const problem = placesProblem(measures);
    return problem === undefined ? {} : { measures: problem };
  },
  warnings({ path }): Readonly<Record<string, string>> {
    const [numbered] = /(?<=^\/sys\/.*\/)(hwmon|iio:device|thermal_zone)\d+(?=\/)/.exec(path) ?? [];
    return numbered === undefined
      ? {}
      : {
          path: `"${numbered}" has a number that can change at each boot; the kinds iio, hwmon and thermal find it by its name`,
        };
  },
  pretend: {
    values: ({ measures }) => pretendedDrifts(measures),
    identity: ({ path }) => path,
    files: ({ path, measures }, values) => ({ [String(path)]: pretendedText(measures, values) }),
  },
  async open({ path, measures, max_age: maxAgeMs }, { files }) {
    return async () => {
      const found = await peek(files, path);
      checkFile(path, found, maxAgeMs);
      return valuesIn(new TextDecoder().decode(found.bytes), describedMeasures(measures), `${path} holds`);
    };
  },
});

/** The beginning of the file. Rejects with a sentence. */
async function peek(files: Files, path: string): Promise<FileBeginning> {
  try {
    return await files.peek(path, mostBytes);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new UserError(`there is no file ${path}`, {
        hint: "check its path, and the program that writes it",
        cause,
      });
    if (code === "EACCES" || code === "EPERM")
      throw new UserError(`${path} may not be read (${code})`, {
        hint: "let the user of the agent read it, and each folder above it",
        cause,
      });
    throw new UserError(`${path} cannot be read (${code || "an unknown error"})`, { cause });
  }
}

/** Throws a sentence if this is no file whose content is a reading. */
function checkFile(path: string, { type, isWhole, ageMs }: FileBeginning, maxAgeMs: number | undefined): void {
  if (type === "folder") throw new UserError(`${path} is a folder`, { hint: "name a file in it" });
  if (type === "other")
    throw new UserError(`${path} is a pipe or a device, which may have no end`, { hint: "name a file" });
  if (!isWhole) throw new UserError(`${path} is larger than 64 KiB`, { hint: "name a file that holds a reading" });
  if (maxAgeMs === undefined || Math.abs(ageMs) <= maxAgeMs) return;
  const seconds = Math.round(Math.abs(ageMs) / 1000);
  throw ageMs > 0
    ? new UserError(`${path} was written ${seconds} s ago`, { hint: "check the program that writes it" })
    : new UserError(`${path} is ${seconds} s newer than the time of this machine`, { hint: "check both" });
}
