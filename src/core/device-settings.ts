import type { CommandSchema } from "./command.ts";
import type { DeviceKind, Wiring } from "./kind.ts";
import type { Measure } from "./measure.ts";
import { type DeviceTopics, deviceTopics } from "./messages/device-topics.ts";
import { withTimes } from "./outputs/command-times.ts";
import { type Limits, mayWait } from "./outputs/limits.ts";
import type { UseSettings } from "./outputs/output-use.ts";

/** One device from devices.yaml, checked. */
export interface DeviceSettings {
  readonly id: string;
  readonly kind: DeviceKind;
  /** The topic from which all other topics of this device are derived. */
  readonly topic: string;
  /** The kind's own options, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The limits of its outputs, which no kind can exceed; absent: none. */
  readonly limits?: Limits | undefined;
  /** What is known of the use of its outputs; absent for a kind without outputs. */
  readonly use?: UseSettings | undefined;
  /** What people call it; undefined when the name is made of the id. */
  readonly name?: string | undefined;
  /** The room or area where it is. */
  readonly area?: string | undefined;
  /** Options for Home Assistant from devices.yaml. `discovery: false` hides the device. */
  readonly homeAssistant?: HomeAssistantOptions | undefined;
}

/** Options for Home Assistant: for all entities of a device, and below an entity's key for that one alone. */
export type HomeAssistantOptions = Readonly<Record<string, unknown>> & { readonly discovery?: boolean | undefined };

/** The topics of a device, derived from its own topic and its kind. */
export function topicsOf({ topic, kind }: Pick<DeviceSettings, "topic" | "kind">): DeviceTopics {
  return deviceTopics(topic, kind);
}

/** Where it is published what of a device waits for a limit; undefined for a device of which nothing ever waits. */
export function attributesTopic(device: Pick<DeviceSettings, "topic" | "kind" | "limits">): string | undefined {
  return mayWait(device.limits ?? {}) ? topicsOf(device).attributes : undefined;
}

/** Where the use of a device's outputs is published; undefined where it is not. */
export function useTopic(device: Pick<DeviceSettings, "topic" | "kind" | "use">): string | undefined {
  return device.use?.isShown === true ? topicsOf(device).use : undefined;
}

/** The topics of a device without those on which its options say nothing. */
export function usedTopics(device: DeviceSettings): DeviceTopics {
  return { ...topicsOf(device), attributes: attributesTopic(device), use: useTopic(device) };
}

/** What a device measures, by name. Links can follow these. */
export function measuresOf({
  kind,
  options,
}: Pick<DeviceSettings, "kind" | "options">): Readonly<Record<string, Measure>> {
  return kind.measured?.(options) ?? kind.measures ?? {};
}

/** The commands that a device accepts, with `on_time` and `off_time` where it has an output; undefined for one that takes none. */
export function commandSchema({ kind, options }: Pick<DeviceSettings, "kind" | "options">): CommandSchema | undefined {
  const schema = typeof kind.command === "function" ? kind.command(options) : kind.command;
  const { timed = true } = kind;
  const isTimed = kind.hasLimits === true && (typeof timed === "function" ? timed(options) : timed);
  return isTimed && schema !== undefined ? withTimes(schema) : schema;
}

/** What is wired to a device's pins. Undefined if its kind says nothing of it. */
export function wiringOf({ kind, options }: Pick<DeviceSettings, "kind" | "options">): Wiring | undefined {
  return typeof kind.wiring === "function" ? kind.wiring(options) : kind.wiring;
}
