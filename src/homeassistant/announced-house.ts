import type { DeviceSettings } from "../core/device-settings.ts";
import type { Rule } from "../core/rules/rule.ts";

/** The section `home_assistant` of devices.yaml. */
export interface HomeAssistantSettings {
  /** Whether to announce. `legacy` means one message per entity, for Home Assistant before 2024.11. */
  readonly discovery: boolean | "legacy";
  /** Home Assistant's discovery prefix. */
  readonly prefix: string;
  /** Where Home Assistant publishes that it is online. It does not depend on the prefix. */
  readonly status_topic: string;
  /** The name of the machine for people. Default: the agent's id. */
  readonly name?: string | undefined;
  /** The area of the machine. */
  readonly area?: string | undefined;
}

/** Values that not every machine can measure, by the key of the agent's entity. */
export const vitals = ["cpu_temperature", "under_voltage"] as const;

/** One of {@link vitals}. */
export type Vital = (typeof vitals)[number];

/** Whether this is the key of a {@link Vital}. */
export function isVital(key: string): key is Vital {
  return (vitals as readonly string[]).includes(key);
}

/** Everything that Home Assistant is told about. */
export interface AnnouncedHouse {
  readonly agent: {
    readonly id: string;
    /** The topic above the agent's own topics. */
    readonly topic: string;
    readonly version: string;
    /** A text that tells this machine from others with the same id. Undefined if nothing tells them apart. */
    readonly machine?: string | undefined;
    /** Such as "Raspberry Pi 4 Model B Rev 1.4". Undefined on another machine. */
    readonly model?: string | undefined;
    /** The serial number of the board, if it has one. */
    readonly serial?: string | undefined;
    /** The values that this machine can measure. */
    readonly vitals: readonly Vital[];
  };
  readonly settings: HomeAssistantSettings;
  readonly devices: readonly DeviceSettings[];
  readonly rules: readonly Pick<Rule, "id" | "name" | "homeAssistant">[];
}
