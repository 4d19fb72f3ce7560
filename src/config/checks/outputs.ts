import { isMapping } from "../../yaml/is-mapping.ts";
import type { Problem } from "../../yaml/problem.ts";

/** The sections that say which outputs there are, how they are reached and where they rest. */
const sections = ["devices", "gpio"];

/** What a device tells others, which no pin depends on. */
const told = ["topic", "name", "area", "home_assistant"];

/**
 * What of a devices.yaml bringing outputs to rest needs: the devices, without what they tell others, and `gpio`. After a
 * crash, with a certificate renamed or systemd's credentials gone, nothing else may stand between a relay and its rest.
 */
export function outputsOf(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(file).filter(([section]) => sections.includes(section)));
  const devices = kept["devices"];
  return isMapping(devices) ? { ...kept, devices: mapValues(devices, untold) } : kept;
}

/** Whether a problem is one of what {@link outputsOf} keeps, or of the file as a whole. */
export function concernsOutputs({ path }: Problem): boolean {
  const [section = "", , setting] = path.split(".");
  return section === "" || section === "gpio" || (section === "devices" && !told.includes(setting ?? ""));
}

function mapValues(mapping: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value)]));
}

/** Every device has to have a topic; nothing is published here. */
function untold(device: unknown): unknown {
  if (!isMapping(device)) return device;
  const others = Object.entries(device).filter(([setting]) => !told.includes(setting));
  return { ...Object.fromEntries(others), topic: "unused" };
}
