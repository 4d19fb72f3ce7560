import type { DeviceSettings } from "../core/device.ts";

/** The section `home_assistant` of devices.yaml. */
export interface HomeAssistantSettings {
  /** Whether and how: `legacy` is one message per entity, for Home Assistant before 2024.11. */
  readonly discovery: boolean | "legacy";
  /** Home Assistant's discovery prefix. */
  readonly prefix: string;
  /** Where Home Assistant says that it is online. It does not move with the prefix. */
  readonly status_topic: string;
  /** What people call the machine; its agent's id unless written. */
  readonly name?: string | undefined;
  /** The area of the machine. */
  readonly area?: string | undefined;
}

/** What not every machine can tell of itself, by the key of the agent's entity for it. */
export const vitals = ["cpu_temperature", "under_voltage"] as const;

/** One of {@link vitals}. */
export type Vital = (typeof vitals)[number];

/** Whether this is the key of a {@link Vital}. */
export function isVital(key: string): key is Vital {
  return (vitals as readonly string[]).includes(key);
}

/** All that Home Assistant is to know. */
export interface House {
  readonly agent: {
    readonly id: string;
    /** Above the agent's own topics. */
    readonly topic: string;
    readonly version: string;
    /** What tells this machine from others that use the same id; undefined where nothing does. */
    readonly machine?: string | undefined;
    /** Such as "Raspberry Pi 4 Model B Rev 1.4"; undefined on another machine. */
    readonly model?: string | undefined;
    /** The serial number of the board, where it tells one. */
    readonly serial?: string | undefined;
    /** What this machine can tell of itself. */
    readonly vitals: readonly Vital[];
  };
  readonly settings: HomeAssistantSettings;
  readonly devices: readonly DeviceSettings[];
}
