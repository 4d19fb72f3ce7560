import * as z from "zod";
import type { Entity } from "../entity.ts";

/** The options about the wear and use of outputs, which every kind with outputs has. */
export const useOptions = {
  power: z
    .number()
    .positive()
    .max(100_000)
    .optional()
    .describe(
      "How many watts it takes while it is fully on, from its type plate; the agent adds up the energy. Default: the energy is not known.",
    ),
  rated_cycles: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe(
      "How often the relay can be switched on and off, from its datasheet; the agent warns at 90 % of it and at 100 %. Default: no warning.",
    ),
  show_use: z
    .boolean()
    .optional()
    .describe(
      "Whether switchings, hours on and who switched last are published and shown in Home Assistant. Default: true with power or rated_cycles, otherwise false.",
    ),
};

/** What devices.yaml says about the use of one device's outputs. */
export interface UseSettings {
  /** What the device takes while it is fully on, in watts; undefined: not known. */
  readonly powerW?: number | undefined;
  /** How often each output can be switched on and off; undefined: not known. */
  readonly ratedCycles?: number | undefined;
  /** Whether the use is published. */
  readonly isShown: boolean;
  /** Whether somebody asked for all of it, so that Home Assistant shows all its entities at once. */
  readonly isAskedFor: boolean;
}

/** Separates the options about the use from the others. */
export function takeUse(written: Readonly<Record<string, unknown>>): {
  readonly use: UseSettings;
  readonly options: Readonly<Record<string, unknown>>;
} {
  const { power, rated_cycles, show_use, ...options } = written as Partial<z.output<z.ZodObject<typeof useOptions>>>;
  const use: UseSettings = {
    powerW: power,
    ratedCycles: rated_cycles,
    isShown: show_use ?? (power !== undefined || rated_cycles !== undefined),
    isAskedFor: show_use === true,
  };
  return { use, options };
}

/**
 * What Home Assistant shows of the use. Who writes `power` or `rated_cycles` alone gets the entity of that; the others are there, but not
 * enabled, until `show_use` asks for them.
 */
export function useEntities({ use }: { readonly use?: UseSettings | undefined }): readonly Entity[] {
  if (use?.isShown !== true) return [];
  const always = { entity_category: "diagnostic" };
  const asked = { ...always, ...(!use.isAskedFor && { enabled_by_default: false }) };
  const topics = { state_topic: "use" };
  const total = { state_class: "total_increasing" };
  return [
    {
      key: "switchings",
      platform: "sensor",
      name: "Switchings",
      value: "switchings",
      topics,
      settings: { ...asked, ...total, icon: "mdi:counter" },
    },
    {
      key: "hours_on",
      platform: "sensor",
      name: "Hours on",
      value: "hours_on",
      topics,
      settings: {
        ...asked,
        ...total,
        device_class: "duration",
        unit_of_measurement: "h",
        suggested_display_precision: 1,
      },
    },
    {
      key: "last_by",
      platform: "sensor",
      name: "Last switched by",
      topics: { ...topics, json_attributes_topic: "use" },
      // Before 2024.11 Home Assistant shows null as the text "None". The text "unknown" is what an unknown state has.
      settings: {
        ...asked,
        value_template: "{{ value_json.last_by | default('unknown', true) }}",
        json_attributes_template: "{{ {'last_switched': value_json.last_switched} | tojson }}",
        icon: "mdi:account-question",
      },
    },
    ...(use.powerW === undefined
      ? []
      : [
          {
            key: "energy",
            platform: "sensor",
            name: "Energy",
            value: "energy",
            topics,
            settings: { ...always, ...total, device_class: "energy", unit_of_measurement: "kWh" },
          } as const,
        ]),
    ...(use.ratedCycles === undefined
      ? []
      : [
          {
            key: "wear",
            platform: "sensor",
            name: "Wear",
            value: "wear",
            topics,
            settings: { ...always, state_class: "measurement", unit_of_measurement: "%", icon: "mdi:gauge" },
          } as const,
        ]),
  ];
}
