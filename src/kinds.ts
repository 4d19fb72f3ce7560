import type { DeviceKind } from "./core/kind.ts";
import { kindFiles } from "./devices/index.ts";

/** The names of all kinds of devices, in alphabetical order. */
export const kindNames: readonly string[] = Object.keys(kindFiles);

/** Loads the kinds of these names, in alphabetical order. Without names it loads all kinds. */
export function loadKinds(names: readonly string[] = kindNames): Promise<readonly DeviceKind[]> {
  return Promise.all(kindNames.filter((name) => names.includes(name)).map(loadKind));
}

async function loadKind(name: string): Promise<DeviceKind> {
  const found = Object.values((await kindFiles[name]?.()) ?? {}).find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`the file of the kind ${name} does not export it`);
  return found;
}
