import { type Files, readTrimmed } from "./files.ts";

/** A folder such as /sys/class/hwmon/hwmon3, and what the file in it says that names it. */
export interface NamedFolder {
  readonly folder: string;
  readonly name: string;
}

/**
 * The folders below `root` in which the file `nameFile` says what they are: `name` below /sys/class/hwmon, `type` below /sys/class/thermal.
 * The numbers of such folders change between boots, these names do not. None where there is no such root.
 */
export async function namedFolders(files: Files, root: string, nameFile: string): Promise<readonly NamedFolder[]> {
  const found: NamedFolder[] = [];
  for (const entry of await files.list(root)) {
    const folder = `${root}/${entry}`;
    const name = await readTrimmed(files, `${folder}/${nameFile}`);
    if (name !== undefined) found.push({ folder, name });
  }
  return found;
}

/** The chips of hwmon, by the names that their drivers give them. */
export function hwmonFolders(files: Files): Promise<readonly NamedFolder[]> {
  return namedFolders(files, "/sys/class/hwmon", "name");
}

/** The thermal zones, by their types. */
export async function thermalZones(files: Files): Promise<readonly NamedFolder[]> {
  const all = await namedFolders(files, "/sys/class/thermal", "type");
  return all.filter(({ folder }) => folder.includes("/thermal_zone"));
}
