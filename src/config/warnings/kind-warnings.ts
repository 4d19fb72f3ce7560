import type { DeviceSettings } from "../../core/device-settings.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";

/** What the kinds of the devices say of options that are odd, but may be meant. */
export function kindWarnings(devices: readonly DeviceSettings[], source: SourceDocument): Problem[] {
  return devices.flatMap(({ id, kind, options }) => {
    const pathOf = (key: string) => ["devices", id, ...key.split(".")];
    const warnings = kind.warnings?.(options, (key) => source.writtenValue(pathOf(key))) ?? {};
    return Object.entries(warnings).map(([key, sentence]): Problem => {
      const path = pathOf(key);
      return { path: pathText(path), place: source.placeOfValue(path), sentence };
    });
  });
}
