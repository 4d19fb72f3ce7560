import { useOptions } from "../../core/outputs/output-use.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Problem } from "../../yaml/problem.ts";

/** The sections that say which outputs there are, how to reach them, and what their rest is. */
const sections = ["devices", "gpio"];

/** The settings of a device that are for others. No pin depends on them. */
const told = ["topic", "name", "area", "home_assistant", ...Object.keys(useOptions)];

/**
 * The parts of a devices.yaml that bringing outputs to rest needs: `gpio`, and the devices without their settings for others. After a
 * crash, mistakes in other parts must not keep a relay from its rest: a renamed certificate, or credentials of systemd that are gone.
 */
export function outputsOf(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(file).filter(([section]) => sections.includes(section)));
  const devices = kept["devices"];
  return isMapping(devices) ? { ...kept, devices: mapValues(devices, untold) } : kept;
}

/** Whether a problem concerns a part that {@link outputsOf} keeps, or the whole file. */
export function concernsOutputs({ path }: Problem): boolean {
  const [section = "", , setting] = path.split(".");
  return section === "" || section === "gpio" || (section === "devices" && !told.includes(setting ?? ""));
}

function mapValues(mapping: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value)]));
}

/** Replaces the settings for others. Every device needs a topic, but nothing is published here. */
function untold(device: unknown): unknown {
  if (!isMapping(device)) return device;
  const others = Object.entries(device).filter(([setting]) => !told.includes(setting));
  return { ...Object.fromEntries(others), topic: "unused" };
}
