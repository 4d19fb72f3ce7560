/** The platforms of Home Assistant's MQTT integration that a device can be shown as. */
export const entityPlatforms = [
  "binary_sensor",
  "button",
  "climate",
  "cover",
  "event",
  "fan",
  "light",
  "lock",
  "number",
  "select",
  "sensor",
  "siren",
  "switch",
  "valve",
] as const;

/** One of {@link entityPlatforms}. */
export type EntityPlatform = (typeof entityPlatforms)[number];

/**
 * Something that Home Assistant shows, as plain data: what a device is in its words. Topics, ids, names and availability are
 * derived from the device.
 */
export interface Entity {
  /** What it is among the entities of its device, in snake_case. It is part of the unique id: never change it. */
  readonly key: string;
  readonly platform: EntityPlatform;
  /** "Temperature"; absent for what the device itself is. */
  readonly name?: string;
  /** Which value of the JSON state it shows; absent: the whole payload. */
  readonly value?: string;
  /** How often the state is said again, in milliseconds: what is overdue is shown as unavailable. Absent: on a change only. */
  readonly everyMs?: number;
  /** Further topics, in the words of the platform, each below the device's: `{ position_topic: "position" }`. */
  readonly topics?: Readonly<Record<string, string>>;
  /** All else, word for word as Home Assistant's page of the platform has it: `{ device_class: "door" }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What an output that is on or off can be shown as. */
export const onOffAppearances = ["switch", "outlet", "light", "fan", "siren", "valve", "lock"] as const;

/** One of {@link onOffAppearances}. */
export type OnOffAppearance = (typeof onOffAppearances)[number];

const appearances: Readonly<Record<OnOffAppearance, Pick<Entity, "platform" | "settings">>> = {
  switch: { platform: "switch" },
  outlet: { platform: "switch", settings: { device_class: "outlet" } },
  light: { platform: "light" },
  // The page of the fan says that its commands are retained unless told otherwise; we refuse those.
  fan: { platform: "fan", settings: { retain: false } },
  siren: {
    platform: "siren",
    settings: {
      support_volume_set: false,
      command_template: '{"state":"{{ value }}"{% if duration is defined %},"on_time":{{ duration }}{% endif %}}',
    },
  },
  valve: {
    platform: "valve",
    settings: { payload_open: "ON", payload_close: "OFF", state_open: "ON", state_closed: "OFF" },
  },
  lock: {
    platform: "lock",
    settings: { payload_unlock: "ON", payload_lock: "OFF", state_unlocked: "ON", state_locked: "OFF" },
  },
};

/** The entity of an output that says `ON` and `OFF`, shown as its owner wants. */
export function onOffEntity(key: string, appearance: OnOffAppearance): Entity {
  return { key, ...appearances[appearance] };
}
