import { UserError } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";
import { hwmonFolders } from "../../core/machine/named-folders.ts";
import type { ChosenPart } from "../../core/readers/free-part.ts";

/** The folder of a part in /sys/class/hwmon. Rejects with a sentence that says which parts there are. */
export async function findChip(files: Files, { part, device }: ChosenPart): Promise<string> {
  const all = await hwmonFolders(files);
  const called = all.filter(({ name }) => name === part);
  if (called.length === 0)
    throw new UserError(`there is no ${part} in /sys/class/hwmon`, {
      hint: all.length === 0 ? "the kernel shows nothing there" : `there are ${namesOf(all).join(", ")}`,
    });
  const found: { folder: string; device: string }[] = [];
  for (const { folder } of called) found.push({ folder, device: await deviceOf(files, folder) });
  const devices = found.map((one) => one.device).join(", ");
  const fitting = device === undefined ? found : found.filter((one) => one.device === device);
  const [first, second] = fitting;
  if (first === undefined) throw new UserError(`there is no ${part} at ${device}`, { hint: `it is at ${devices}` });
  if (second === undefined) return first.folder;
  throw new UserError(`there are several called ${part}`, { hint: `choose one by device: ${devices}` });
}

function namesOf(all: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(all.map(({ name }) => name))].sort();
}

/**
 * The device that a chip belongs to, as its bus calls it: "1-0048" of /sys/devices/…/i2c-1/1-0048/hwmon/hwmon2, "nvme0" of
 * /sys/devices/…/nvme/nvme0/hwmon1.
 */
async function deviceOf(files: Files, folder: string): Promise<string> {
  const path = (await files.realPath(folder)).replace(/(\/hwmon)?\/hwmon[^/]*$/, "");
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Files that hold something that was measured; the others are limits and settings. */
const measured = /_(input|average|alarm|fault)$|^pwm\d+$/;

/** Rejects with a sentence where one of these files does not exist. */
export async function mustHave(
  files: Files,
  folder: string,
  wanted: readonly { readonly file: string }[],
): Promise<void> {
  const there = await files.list(folder);
  const missing = wanted.filter(({ file }) => !there.includes(file)).map(({ file }) => file);
  if (missing.length === 0) return;
  const shown = there.filter((name) => measured.test(name));
  throw new UserError(`the driver shows no file ${missing.join(" and no file ")}`, {
    hint: shown.length === 0 ? "it shows no value" : `it shows ${shown.join(", ")}`,
  });
}
