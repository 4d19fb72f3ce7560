import type { DeviceSettings } from "../../core/device-settings.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { hasLimits, type Limits, takeLimits } from "../../core/outputs/limits.ts";
import { takeUse, type UseSettings } from "../../core/outputs/output-use.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { ConfigSchemas } from "../schema/config-schemas.ts";

/** What the check of a device needs. */
export interface DeviceChecks {
  readonly kinds: readonly DeviceKind[];
  /** The names of all kinds, if not all kinds are loaded. */
  readonly kindNames?: readonly string[] | undefined;
  readonly schemas: ConfigSchemas;
  readonly source: SourceDocument;
}

/** The valid parts of a device, for comparing it with others. */
export interface KnownDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly topic: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly limits?: Limits | undefined;
  readonly use?: UseSettings | undefined;
}

/** The result of checking one device. */
export interface CheckedDevice {
  readonly problems: readonly Problem[];
  /** Undefined if anything is wrong with it. */
  readonly device: DeviceSettings | undefined;
  /** Undefined if nothing of it can be understood. */
  readonly known: KnownDevice | undefined;
}

/** What was checked of a device, sorted into its parts. */
export function toSettings(id: string, kind: DeviceKind, checked: Readonly<Record<string, unknown>>): DeviceSettings {
  const { kind: _kind, topic, name, area, home_assistant: homeAssistant, ...rest } = checked;
  const common = { id, kind, topic, name, area, homeAssistant, options: rest };
  if (!hasLimits(kind.options)) return common as DeviceSettings;
  const { limits, options: others } = takeLimits(rest);
  const { use, options } = takeUse(others);
  return { id, kind, topic, name, area, homeAssistant, options, limits, use } as DeviceSettings;
}
