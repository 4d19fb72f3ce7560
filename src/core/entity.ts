/** The platforms of Home Assistant's MQTT integration that a device can be shown as. */
export const entityPlatforms = [
  "binary_sensor",
  "button",
  "climate",
  "cover",
  "event",
  "fan",
  "humidifier",
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
 * Something that Home Assistant shows, as plain data in Home Assistant's words. Topics, ids, names and availability are derived from the
 * device.
 */
export interface Entity {
  /** Its name among the entities of its device, in snake_case. It is part of the unique id: never change it. */
  readonly key: string;
  readonly platform: EntityPlatform;
  /** What people call it, such as "Temperature"; absent for the entity that is the device itself. */
  readonly name?: string;
  /** The value of the JSON state that it shows; absent: the whole payload. */
  readonly value?: string;
  /**
   * How often the state is published, in milliseconds. When it is overdue, Home Assistant shows the entity as unavailable. Absent: the
   * state is published only when it changes.
   */
  readonly everyMs?: number;
  /** More topics, by the words of the platform, each below the device's topic: `{ position_topic: "position" }`. */
  readonly topics?: Readonly<Record<string, string>>;
  /** All other options, as they are written on Home Assistant's page of the platform: `{ device_class: "door" }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Shows whether something is wrong with a device, of whose JSON state `problem` says what it is; null: nothing. */
export const problemEntity: Entity = {
  key: "problem",
  platform: "binary_sensor",
  name: "Problem",
  settings: {
    device_class: "problem",
    entity_category: "diagnostic",
    value_template: "{{ 'OFF' if value_json.problem is none else 'ON' }}",
  },
};

/** What an output that is on or off can be shown as in Home Assistant. */
export const onOffAppearances = ["switch", "outlet", "light", "fan", "siren", "valve", "lock", "button"] as const;

/** One of {@link onOffAppearances}. */
export type OnOffAppearance = (typeof onOffAppearances)[number];

const appearances: Readonly<Record<OnOffAppearance, Pick<Entity, "platform" | "settings">>> = {
  switch: { platform: "switch" },
  outlet: { platform: "switch", settings: { device_class: "outlet" } },
  light: { platform: "light" },
  // By default Home Assistant publishes the commands of a fan retained. Retained commands are refused.
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
  button: { platform: "button", settings: { payload_press: "ON" } },
};

/** The entity of an output whose state is `ON` or `OFF`. Its owner chooses the appearance. */
export function onOffEntity(key: string, appearance: OnOffAppearance): Entity {
  return { key, ...appearances[appearance] };
}
