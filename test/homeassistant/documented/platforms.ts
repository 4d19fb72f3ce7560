import { z } from "zod";
import {
  all,
  anyCategory,
  command,
  flag,
  list,
  type Options,
  optionalState,
  sensorCategory,
  state,
  template,
  text,
  topic,
  whole,
} from "./options.ts";

const binarySensorClasses =
  "battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light lock moisture motion moving occupancy opening plug power presence problem running safety smoke sound tamper update vibration window";

/**
 * Each platform's own options, as its page has them (www.home-assistant.io/integrations/switch.mqtt and so on), compared with the schemas
 * in the sources of Home Assistant 2025.5 to 2026.9 (homeassistant/components/mqtt).
 */
export const platforms = {
  binary_sensor: {
    ...state,
    ...sensorCategory,
    device_class: z.enum(binarySensorClasses.split(" ")).optional(),
    ...all("payload_on payload_off", text),
    ...all("expire_after off_delay", whole),
    ...all("force_update", flag),
  },
  button: {
    command_topic: topic,
    ...anyCategory,
    device_class: z.enum(["identify", "restart", "update"]).optional(),
    ...all("command_template", template),
    ...all("payload_press", text),
    ...all("retain", flag),
  },
  climate: {
    ...anyCategory,
    ...all(
      "action_topic current_humidity_topic current_temperature_topic fan_mode_command_topic fan_mode_state_topic mode_command_topic mode_state_topic power_command_topic preset_mode_command_topic preset_mode_state_topic swing_mode_command_topic swing_mode_state_topic swing_horizontal_mode_command_topic swing_horizontal_mode_state_topic target_humidity_command_topic target_humidity_state_topic temperature_command_topic temperature_state_topic temperature_high_command_topic temperature_high_state_topic temperature_low_command_topic temperature_low_state_topic",
      topic,
    ),
    ...all(
      "action_template current_humidity_template current_temperature_template fan_mode_command_template fan_mode_state_template mode_command_template mode_state_template power_command_template preset_mode_command_template swing_mode_command_template swing_mode_state_template swing_horizontal_mode_command_template swing_horizontal_mode_state_template preset_mode_value_template target_humidity_command_template target_humidity_state_template temperature_command_template temperature_state_template temperature_high_command_template temperature_high_state_template temperature_low_command_template temperature_low_state_template value_template",
      template,
    ),
    ...all("fan_modes modes preset_modes swing_modes swing_horizontal_modes", list),
    ...all("initial max_humidity min_humidity max_temp min_temp precision temp_step", z.number()),
    ...all("optimistic retain", flag),
    ...all("payload_on payload_off", text),
    temperature_unit: z.enum(["C", "F"]).optional(),
  },
  cover: {
    ...optionalState,
    ...anyCategory,
    device_class: z.enum("awning blind curtain damper door garage gate shade shutter window".split(" ")).optional(),
    ...all("command_topic position_topic set_position_topic tilt_command_topic tilt_status_topic", topic),
    ...all("position_template set_position_template tilt_command_template tilt_status_template", template),
    ...all("payload_open payload_close payload_stop payload_stop_tilt", text.nullable()),
    ...all("state_closed state_closing state_open state_opening state_stopped", text),
    ...all("position_closed position_open tilt_closed_value tilt_max tilt_min tilt_opened_value", whole),
    ...all("optimistic retain tilt_optimistic", flag),
  },
  event: {
    ...state,
    ...anyCategory,
    event_types: list,
    device_class: z.enum(["button", "doorbell", "motion"]).optional(),
  },
  fan: {
    ...command,
    ...anyCategory,
    ...all("state_topic", topic),
    ...all("state_value_template", template),
    ...all(
      "direction_command_topic direction_state_topic oscillation_command_topic oscillation_state_topic percentage_command_topic percentage_state_topic preset_mode_command_topic preset_mode_state_topic",
      topic,
    ),
    ...all(
      "direction_command_template direction_value_template oscillation_command_template oscillation_value_template percentage_command_template percentage_value_template preset_mode_command_template preset_mode_value_template",
      template,
    ),
    ...all(
      "payload_on payload_off payload_oscillation_on payload_oscillation_off payload_reset_percentage payload_reset_preset_mode",
      text,
    ),
    preset_modes: list.optional(),
    ...all("speed_range_max speed_range_min", whole),
  },
  humidifier: {
    ...command,
    ...anyCategory,
    ...all("state_topic", topic),
    ...all("state_value_template", template),
    target_humidity_command_topic: topic,
    ...all(
      "action_topic current_humidity_topic mode_command_topic mode_state_topic target_humidity_state_topic",
      topic,
    ),
    ...all(
      "action_template current_humidity_template mode_command_template mode_state_template target_humidity_command_template target_humidity_state_template",
      template,
    ),
    ...all("payload_on payload_off payload_reset_humidity payload_reset_mode", text),
    ...all("max_humidity min_humidity", whole.min(0).max(100)),
    modes: list.optional(),
    device_class: z.enum(["humidifier", "dehumidifier"]).optional(),
  },
  lock: {
    ...command,
    ...optionalState,
    ...anyCategory,
    ...all(
      "code_format payload_lock payload_unlock payload_open payload_reset state_jammed state_locked state_locking state_unlocked state_unlocking",
      text,
    ),
  },
  number: {
    ...command,
    ...optionalState,
    ...anyCategory,
    ...all("device_class unit_of_measurement payload_reset", text),
    ...all("min max step", z.number()),
    mode: z.enum(["auto", "box", "slider"]).optional(),
  },
  select: { ...command, ...optionalState, ...anyCategory, options: list },
  sensor: {
    ...state,
    ...sensorCategory,
    ...all("device_class unit_of_measurement", text),
    ...all("last_reset_value_template", template),
    ...all("expire_after suggested_display_precision", whole.min(0)),
    ...all("force_update", flag),
    options: list.optional(),
    state_class: z.enum(["measurement", "measurement_angle", "total", "total_increasing"]).optional(),
  },
  siren: {
    ...command,
    ...anyCategory,
    ...all("state_topic", topic),
    ...all("state_value_template command_off_template", template),
    ...all("payload_on payload_off state_on state_off", text),
    ...all("support_duration support_volume_set", flag),
    available_tones: list.optional(),
  },
  switch: {
    ...command,
    ...optionalState,
    ...anyCategory,
    device_class: z.enum(["outlet", "switch"]).optional(),
    ...all("payload_on payload_off state_on state_off", text),
  },
  valve: {
    ...command,
    ...optionalState,
    ...anyCategory,
    device_class: z.enum(["water", "gas"]).optional(),
    ...all("payload_open payload_close payload_stop", text.nullable()),
    ...all("state_closed state_closing state_open state_opening", text),
    ...all("position_closed position_open", whole),
    ...all("reports_position", flag),
  },
} satisfies Record<string, Options>;
