import type { Entity } from "../../core/entity.ts";
import { limitsOf, type VirtualOptions } from "./virtual-command.ts";

/** What Home Assistant shows a virtual device as, by its type. */
export function virtualEntity(
  options: VirtualOptions & Partial<Readonly<Record<"unit" | "device_class" | "mode", string | undefined>>>,
): Entity {
  const { type, unit, device_class, mode } = options;
  const key = "virtual";
  if (type === "switch") return { key, platform: "switch" };
  if (type === "select") return { key, platform: "select", value: "value", settings: { options: options.options } };
  const settings = {
    ...limitsOf(options),
    ...(mode && { mode }),
    ...(unit && { unit_of_measurement: unit }),
    ...(device_class && { device_class }),
  };
  return { key, platform: "number", value: "value", settings };
}
