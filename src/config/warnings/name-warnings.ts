import type { DeviceSettings } from "../../core/device-settings.ts";
import { asWords } from "../../core/text/as-words.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";

/** Something with a name that people see. */
interface Named {
  readonly key: string;
  readonly name: string;
  /** Where its name is written, or what it is made of. Looked for only where a name is there twice, since it takes long. */
  readonly findPath: () => Path;
}

/** Warns of two devices in one area, and of two entities of one device, that have the same name: nobody can tell them apart. */
export function nameWarnings(devices: readonly DeviceSettings[], source: SourceDocument): Problem[] {
  const areas = new Map<string | undefined, DeviceSettings[]>();
  for (const device of devices) {
    const inArea = areas.get(device.area) ?? [];
    areas.set(device.area, inArea);
    inArea.push(device);
  }
  const named = [...areas.values()].flatMap((inArea) => alike(inArea.map(deviceName)));
  const below = devices.flatMap((device) => alike(entityNames(device, source)));
  return [...named, ...below].map(([first, { name, findPath }]) => {
    const path = findPath();
    const written = path.at(-1) === "name" ? source.writtenValue(path) : undefined;
    const sentence = `${quoted(path, written ?? name)} is the name of "${first.key}" too, and Home Assistant shows both alike; write another name`;
    return { path: pathText(path), place: source.placeOfValue(path), sentence };
  });
}

function deviceName({ id, name }: DeviceSettings): Named {
  const path = ["devices", id, ...(name === undefined ? [] : ["name"])];
  return { key: id, name: name ?? asWords(id), findPath: () => path };
}

function entityNames({ id, kind, options, homeAssistant = {} }: DeviceSettings, source: SourceDocument): Named[] {
  return kind.entities(options).flatMap(({ key, name }): Named[] => {
    const given = homeAssistant[key];
    const own = isMapping(given) && typeof given["name"] === "string" ? given["name"] : undefined;
    const shown = own ?? name;
    if (shown === undefined) return [];
    const places = [
      ["home_assistant", key, "name"],
      ["measures", key, "name"],
      ["channels", key, "name"],
    ];
    const paths = places.map((below) => ["devices", id, ...below]);
    const findPath = () => paths.find((one) => source.writtenValue(one) !== undefined) ?? ["devices", id];
    return [{ key, name: shown, findPath }];
  });
}

/** Each that has the name of one before it, after that one. Small and capital letters are the same to a reader. */
function alike(all: readonly Named[]): [first: Named, other: Named][] {
  const firsts = new Map<string, Named>();
  return all.flatMap((one): [Named, Named][] => {
    const word = one.name.trim().toLowerCase();
    const first = firsts.get(word);
    if (first === undefined) firsts.set(word, one);
    return first === undefined ? [] : [[first, one]];
  });
}
