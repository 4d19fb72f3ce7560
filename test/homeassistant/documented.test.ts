import { describe, expect, it } from "vitest";
import { entityPlatforms } from "../../src/core/entity.ts";
import { checkComponent } from "./documented.ts";

const template = "{{ value }}";

/** Of each platform a component that Home Assistant takes, with what our kinds need of it. */
const right: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  binary_sensor: { state_topic: "s", device_class: "door" },
  button: { command_topic: "c", payload_press: "open" },
  climate: {
    modes: ["off", "heat", "cool", "heat_cool"],
    mode_command_topic: "c",
    mode_state_topic: "s",
    action_topic: "s",
    action_template: template,
    temperature_command_topic: "c",
    temperature_unit: "C",
    min_temp: 5,
    max_temp: 30,
    precision: 0.1,
    preset_modes: ["away", "comfort"],
    preset_mode_command_topic: "c",
    preset_mode_state_topic: "s",
    preset_mode_value_template: template,
  },
  cover: {
    command_topic: "c",
    state_topic: "s",
    position_topic: "p",
    set_position_topic: "p/set",
    tilt_command_topic: "t/set",
    tilt_status_topic: "t",
    tilt_status_template: template,
    payload_stop_tilt: "STOP",
    device_class: "blind",
  },
  event: { state_topic: "s", event_types: ["single", "double"], device_class: "button" },
  fan: {
    command_topic: "c",
    state_topic: "s",
    percentage_command_topic: "p/set",
    percentage_state_topic: "p",
    speed_range_max: 3,
    preset_modes: ["eco"],
    preset_mode_command_topic: "m/set",
  },
  humidifier: {
    command_topic: "c",
    target_humidity_command_topic: "t",
    device_class: "dehumidifier",
    min_humidity: 30,
    max_humidity: 80,
    modes: ["away"],
    mode_command_topic: "m",
  },
  light: {
    command_topic: "c",
    state_topic: "s",
    schema: "json",
    brightness: true,
    supported_color_modes: ["rgbw", "color_temp"],
    color_temp_kelvin: true,
    min_kelvin: 2_700,
    max_kelvin: 6_500,
    effect: true,
    effect_list: ["candle", "pulse"],
    flash: true,
    flash_time_short: 2,
    transition: true,
  },
  lock: { command_topic: "c", state_topic: "s", payload_lock: "OFF", state_locked: "OFF" },
  number: { command_topic: "c", state_topic: "s", min: -10, max: 10, step: 0.5, mode: "slider" },
  select: { command_topic: "c", state_topic: "s", options: ["home", "away"] },
  sensor: { state_topic: "s", device_class: "energy", unit_of_measurement: "kWh", state_class: "total_increasing" },
  siren: {
    command_topic: "c",
    state_topic: "s",
    available_tones: ["bell"],
    support_volume_set: false,
    command_template: '{"state":"{{ value }}","tone":"{{ tone }}","duration":{{ duration }}}',
  },
  switch: { command_topic: "c", state_topic: "s", device_class: "outlet" },
  valve: { command_topic: "c", state_topic: "s", reports_position: true, payload_stop: "STOP" },
};

/** The component with changes; a change to undefined takes an option away. */
function changed(p: string, change: Readonly<Record<string, unknown>> = {}): object {
  const all = Object.entries({ p, unique_id: "it", name: "It", ...right[p], ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

describe.each(entityPlatforms)("the documentation of the platform %s, as these tests have it", (platform) => {
  it("has a place for what our kinds need of it", () => {
    expect(() => checkComponent(changed(platform))).not.toThrow();
  });

  it.each([{ nonsense: 1 }, { unique_id: undefined }, { icon: "pump" }, { retain: true }, { qos: 3 }])(
    "has no place for %j",
    (change) => {
      expect(() => checkComponent(changed(platform, change))).toThrow();
    },
  );
});

describe("a component that Home Assistant would refuse, or that could not work", () => {
  it.each([
    ["climate", { preset_mode_command_topic: undefined }, "preset_modes needs preset_mode_command_topic"],
    ["climate", { preset_modes: ["none", "away"] }, "preset_modes has none by itself"],
    ["climate", { temperature_unit: undefined }, "temperature_command_topic needs temperature_unit"],
    ["climate", { min_temp: 30 }, "min_temp is not below max_temp"],
    ["climate", { precision: 0.2 }, "precision is 0.1, 0.5 or 1"],
    ["climate", { modes: ["off", "heating"] }, "there is no mode heating"],
    ["cover", { position_topic: undefined }, "set_position_topic needs position_topic"],
    ["cover", { tilt_status_topic: undefined }, "tilt_status_template needs tilt_status_topic"],
    ["fan", { preset_mode_command_topic: undefined }, "preset_modes needs preset_mode_command_topic"],
    ["fan", { preset_modes: ["None"] }, "preset_modes has None by itself"],
    ["fan", { speed_range_max: 1 }, "speed_range_min is not below speed_range_max"],
    ["humidifier", { modes: undefined }, "mode_command_topic needs modes"],
    ["humidifier", { min_humidity: 80 }, "min_humidity is not below max_humidity"],
    ["humidifier", { target_humidity_command_topic: undefined }, "target_humidity_command_topic"],
    ["light", { supported_color_modes: ["rgb", "brightness"] }, "supported_color_modes"],
    ["light", { supported_color_modes: ["white"] }, "white is alone"],
    ["light", { color_temp_kelvin: undefined }, "color_temp is in mireds"],
    ["light", { max_kelvin: undefined }, "color_temp has no limits"],
    ["light", { min_kelvin: 7_000 }, "min_kelvin is not below max_kelvin"],
    ["light", { effect: undefined }, "effect_list needs effect: true"],
    ["light", { effect_list: undefined }, "effect needs effect_list"],
    ["number", { max: -20 }, "min is not below max"],
    ["number", { step: 0 }, "step is below 0.001"],
    ["select", { options: [] }, "options"],
    ["event", { event_types: [] }, "event_types"],
    ["sensor", { state_class: "measurement" }, "device class energy has no state class measurement"],
    [
      "sensor",
      { device_class: "power", unit_of_measurement: "W" },
      "device class power has no state class total_increasing",
    ],
    ["sensor", { device_class: "enum", unit_of_measurement: undefined }, "device class enum has no state class"],
    ["sensor", { unit_of_measurement: "W" }, "device class energy has no unit W"],
    ["sensor", { last_reset_value_template: template }, "last_reset_value_template is for the state class total only"],
    ["sensor", { device_class: "enum", options: ["a"] }, "options are words"],
    ["siren", { support_volume_set: true }, "its command says no volume_level"],
    ["siren", { command_template: "{{ value }}" }, "its command says no tone"],
    ["valve", { payload_open: "ON" }, "payload_open is not for a valve that reports its position"],
    ["switch", { default_entity_id: "light.it" }, "the entity id is of another platform"],
  ] as const)("is told of: a %s with %j", (platform, change, fault) => {
    expect(() => checkComponent(changed(platform, change))).toThrow(fault);
  });
});
