import * as z from "zod";
import { commandSchema, type DeviceSettings, measuresOf } from "../../core/device-settings.ts";
import { type ChosenLink, chosenLinks, measureLink } from "../../core/link.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import { didYouMean } from "../../yaml/suggest.ts";

/** The parts of a device that links need. They are valid. */
type LinkedDevice = Pick<DeviceSettings, "id" | "kind" | "options" | "limits">;

/**
 * Finds wrong links: to a device that does not exist, to a measure that it does not have or that is another quantity, to something that
 * cannot be switched or that is never on, or in a circle.
 */
export function checkLinks(
  devices: readonly LinkedDevice[],
  /** All ids in the file, also of devices that have mistakes themselves. */
  writtenIds: readonly string[],
  source: SourceDocument,
): Problem[] {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const isWritten = new Set(writtenIds);
  const others = (id: string) => writtenIds.filter((one) => one !== id);
  const problemOf = (id: string, link: ChosenLink) => {
    const { device } = link;
    if (device === id || !isWritten.has(device)) return noDevice(device, others(id));
    return linkProblem(link, byId.get(device));
  };
  const problemAt = (path: readonly string[], sentence: string | undefined): Problem[] =>
    sentence === undefined ? [] : [{ path: path.join("."), place: source.placeOfValue(path), sentence }];
  return devices.flatMap(({ id, kind, options, limits }) => {
    const ofOptions = chosenLinks(kind.options, options).flatMap((link) => {
      const problem = problemOf(id, link) ?? circleProblem(id, link, byId);
      return problemAt(["devices", id, link.option], problem);
    });
    const sensor = limits?.failSafe?.sensor;
    if (sensor === undefined) return ofOptions;
    // A fail-safe only listens, so it makes no circle.
    const problem = problemOf(id, measureLink("stale_sensor", sensor));
    return [...ofOptions, ...problemAt(["devices", id, "failsafe", "stale_sensor"], problem)];
  });
}

function noDevice(id: string, ids: readonly string[]): string {
  return `there is no other device "${id}"${didYouMean(id, ids) || (ids.length === 0 ? "" : `; there are ${ids.join(", ")}`)}`;
}

function linkProblem(link: ChosenLink, device: LinkedDevice | undefined): string | undefined {
  const { written, device: id, measure, role } = link;
  // The other device has mistakes. They are reported first; what the device can do is not known yet.
  if (device === undefined) return undefined;
  if (role === "measure") return measureProblem(device, link);
  if (measure !== undefined) return `"${written}" names a measure; write "${id}"`;
  return role === "on_off" ? switchProblem(device) : inputProblem(device);
}

function measureProblem(device: LinkedDevice, { measure, deviceClass }: ChosenLink): string | undefined {
  const { id, kind } = device;
  const all = Object.entries(measuresOf(device));
  if (all.length === 0) return `"${id}" is a ${kind.kind}, which measures nothing; name a sensor`;
  const names = all.map(([name]) => name);
  const fitting = all.filter(([, one]) => deviceClass === undefined || one.device_class === deviceClass);
  const [fits] = fitting.map(([name]) => name);
  const quantity = deviceClass?.replaceAll("_", " ");
  if (measure !== undefined && !names.includes(measure))
    return `"${id}" has no measure "${measure}"${didYouMean(measure, names) || `; it has ${names.join(", ")}`}`;
  if (fits === undefined) return `"${id}" measures ${names.join(" and ")}; name a sensor of ${quantity}`;
  if (measure === undefined && names.length > 1)
    return `"${id}" measures ${names.join(" and ")}; write which, such as ${id}.${fits}`;
  return fitting.some(([name]) => name === (measure ?? fits))
    ? undefined
    : `"${id}.${measure}" is not a ${quantity}; write ${id}.${fits}`;
}

function switchProblem(device: LinkedDevice): string | undefined {
  const { id, kind } = device;
  const schema = commandSchema(device);
  const canSwitch = ["on", "off"].every((word) => schema?.safeParse(word).success);
  return canSwitch ? undefined : `"${id}" is a ${kind.kind}, which cannot be switched on and off; name an output`;
}

function inputProblem({ id, kind: { kind, state } }: LinkedDevice): string | undefined {
  const word = state instanceof z.ZodObject ? (state.shape["state"] as z.ZodType | undefined) : state;
  const isOnOrOff = ["ON", "OFF"].every((one) => word?.safeParse(one).success);
  return isOnOrOff ? undefined : `"${id}" is a ${kind}, which is never just on or off; name a contact`;
}

/** Finds circles of devices that give each other commands. Such devices might switch each other for ever. */
function circleProblem(id: string, link: ChosenLink, byId: ReadonlyMap<string, LinkedDevice>): string | undefined {
  const search = (at: string, path: readonly string[]): readonly string[] | undefined => {
    if (at === id) return path;
    if (path.includes(at)) return undefined;
    const device = byId.get(at);
    const next = device === undefined ? [] : chosenLinks(device.kind.options, device.options);
    for (const { device: further } of next) {
      const found = search(further, [...path, at]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const circle = search(link.device, [id]);
  return (
    circle && `the devices ${[...circle, id].join(" > ")} name each other in a circle; take one of these links out`
  );
}
