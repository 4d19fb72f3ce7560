import { type Component, sensorFaults } from "./sensors.ts";

/**
 * What Home Assistant checks of several options at once, and what it takes without complaint although it cannot work. Read in the sources
 * of Home Assistant 2025.5 to 2026.9, homeassistant/components/mqtt; the name of the file and of its function is beside each rule.
 */

/** The rule that an option is there only with another one. */
function needs(component: Component, option: string, other: string): readonly string[] {
  return component[option] !== undefined && component[other] === undefined ? [`${option} needs ${other}`] : [];
}

/** The rule that of two options both are there, or none. */
function both(component: Component, one: string, other: string): readonly string[] {
  return [...needs(component, one, other), ...needs(component, other, one)];
}

/** The rule that a range is one. `min` and `max` are what Home Assistant has where nothing is written. */
function range(component: Component, [low, min]: [string, number], [high, max]: [string, number]): readonly string[] {
  const { [low]: from = min, [high]: to = max } = component;
  return Number(from) < Number(to) ? [] : [`${low} is not below ${high}`];
}

/** The rule that a word is not in a list, since it means that there is none of the list. */
function without(component: Component, list: string, word: string): readonly string[] {
  return (component[list] as readonly string[] | undefined)?.includes(word) ? [`${list} has ${word} by itself`] : [];
}

const hvacModes = ["auto", "off", "cool", "heat", "dry", "fan_only", "heat_cool"];
const colorModes = ["color_temp", "hs", "xy", "rgb", "rgbw", "rgbww"];

const rules: Readonly<Record<string, (component: Component) => readonly string[]>> = {
  // climate.py: valid_preset_mode_configuration, valid_humidity_range_configuration, valid_humidity_state_configuration
  climate: (climate) => [
    ...both(climate, "preset_modes", "preset_mode_command_topic"),
    ...without(climate, "preset_modes", "none"),
    ...range(climate, ["min_humidity", 30], ["max_humidity", 99]),
    ...needs(climate, "target_humidity_state_topic", "target_humidity_command_topic"),
    ...range(climate, ["min_temp", 7], ["max_temp", 35]),
    // Without it, what it is told in °C is taken for °F where the owner's home has that.
    ...needs(climate, "temperature_command_topic", "temperature_unit"),
    ...((climate["modes"] as readonly string[]) ?? []).flatMap((mode) =>
      hvacModes.includes(mode) ? [] : [`there is no mode ${mode}`],
    ),
    ...([undefined, 0.1, 0.5, 1].includes(climate["precision"] as number) ? [] : ["precision is 0.1, 0.5 or 1"]),
  ],
  // cover.py: validate_options
  cover: (cover) => [
    ...needs(cover, "set_position_topic", "position_topic"),
    ...needs(cover, "value_template", "state_topic"),
    ...needs(cover, "position_template", "position_topic"),
    ...needs(cover, "set_position_template", "set_position_topic"),
    ...needs(cover, "tilt_command_template", "tilt_command_topic"),
    ...needs(cover, "tilt_status_template", "tilt_status_topic"),
    // By default it takes its own commands for what happened.
    ...needs(cover, "tilt_command_topic", "tilt_status_topic"),
    ...range(cover, ["tilt_min", 0], ["tilt_max", 100]),
  ],
  // fan.py: valid_speed_range_configuration, valid_preset_mode_configuration
  fan: (fan) => [
    ...both(fan, "preset_modes", "preset_mode_command_topic"),
    ...without(fan, "preset_modes", String(fan["payload_reset_preset_mode"] ?? "None")),
    ...range(fan, ["speed_range_min", 1], ["speed_range_max", 100]),
    ...(fan["speed_range_min"] === 0 ? ["speed_range_min is 0"] : []),
  ],
  // humidifier.py: valid_humidity_range_configuration, valid_mode_configuration
  humidifier: (humidifier) => [
    ...both(humidifier, "modes", "mode_command_topic"),
    ...without(humidifier, "modes", String(humidifier["payload_reset_mode"] ?? "None")),
    ...range(humidifier, ["min_humidity", 0], ["max_humidity", 100]),
  ],
  // light/schema_json.py, and valid_supported_color_modes of components/light
  light: (light) => {
    const modes = (light["supported_color_modes"] as readonly string[] | undefined) ?? [];
    return [
      ...(new Set(modes).size === modes.length ? [] : ["a color mode is there twice"]),
      ...(modes.includes("white") && !modes.some((mode) => colorModes.includes(mode)) ? ["white is alone"] : []),
      // Without these it counts in mireds, and lets its owner choose what the light does not have.
      ...(modes.includes("color_temp") && light["color_temp_kelvin"] !== true ? ["color_temp is in mireds"] : []),
      ...(modes.includes("color_temp") && (light["min_kelvin"] === undefined || light["max_kelvin"] === undefined)
        ? ["color_temp has no limits"]
        : range(light, ["min_kelvin", 2000], ["max_kelvin", 6535])),
      ...(light["schema"] === "json" && light["effect_list"] !== undefined && light["effect"] !== true
        ? ["effect_list needs effect: true"]
        : []),
      ...(light["effect"] === true ? needs(light, "effect", "effect_list") : []),
    ];
  },
  // number.py: validate_config
  number: (number) => [
    ...range(number, ["min", 0], ["max", 100]),
    ...(Number(number["step"] ?? 1) >= 0.001 ? [] : ["step is below 0.001"]),
  ],
  sensor: sensorFaults,
  // siren.py: what is chosen is lost where a template of commands does not write it.
  siren: (siren) => {
    const { command_template: written } = siren;
    const lost = (support: unknown, word: string) =>
      written !== undefined && support && !String(written).includes(word) ? [`its command says no ${word}`] : [];
    return [
      ...lost(siren["available_tones"], "tone"),
      ...lost(siren["support_duration"] !== false, "duration"),
      ...lost(siren["support_volume_set"] !== false, "volume_level"),
    ];
  },
  // valve.py: _validate_and_add_defaults
  valve: (valve) =>
    valve["reports_position"] === true
      ? ["payload_open", "payload_close", "state_open", "state_closed"]
          .filter((option) => valve[option] !== undefined)
          .map((option) => `${option} is not for a valve that reports its position`)
      : [],
};

/** What is wrong in a component whose options are right one by one. */
export function faultsTogether(component: Component): readonly string[] {
  const { p, default_entity_id: entityId, retain } = component;
  return [
    ...(entityId !== undefined && !String(entityId).startsWith(`${p}.`)
      ? ["the entity id is of another platform"]
      : []),
    // A command that the broker keeps would be carried out again at each start; the agent refuses it.
    ...(retain === true ? ["its commands would be retained"] : []),
    ...(rules[String(p)]?.(component) ?? []),
  ];
}
