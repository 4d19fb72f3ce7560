import { defineRegulator } from "../core/climate/define-regulator.ts";

/** A thermostat: follows a sensor and switches a heater, a cooler or both, all of them devices of this agent. */
export const thermostat = defineRegulator({
  kind: "thermostat",
  summary: "A thermostat: heats, cools or both by what a sensor of this agent measures, with or without a broker.",
  usedFor: "heating or cooling by a sensor and a relay of this agent",
  quantity: { unit: "°C", device_class: "temperature", digits: 2, range: [-100, 1_000] },
  outputs: {
    raise: { option: "heater", does: "heats", action: "heating" },
    lower: { option: "cooler", does: "cools", action: "cooling" },
  },
  modes: { off: [], heat: ["raise"], cool: ["lower"], heat_cool: ["raise", "lower"] },
  defaults: { target: 20, min_target: 5, max_target: 30, hysteresis: 0.5, digits: 1 },
  hasFrost: true,
  pretend: { by: 6, inMs: 20 * 60_000 },
  example: {
    topic: "home/cellar/thermostat",
    sensor: "cellar-climate.temperature",
    heater: "cellar-heater",
    target: 16,
    mode: "heat",
  },
  exampleNeighbours: {
    "cellar-climate": { kind: "dht", topic: "home/cellar/climate", pin: 4 },
    "cellar-heater": { kind: "relay", topic: "home/cellar/heater", pin: 17, min_off: "3m" },
  },
  // www.home-assistant.io/integrations/climate.mqtt
  entity: ({ min_target, max_target, presets }, modes) => ({
    key: "climate",
    platform: "climate",
    topics: {
      mode_command_topic: "mode/set",
      mode_state_topic: "state",
      temperature_command_topic: "target/set",
      temperature_state_topic: "state",
      current_temperature_topic: "state",
      action_topic: "state",
      ...(presets && { preset_mode_command_topic: "preset/set", preset_mode_state_topic: "state" }),
    },
    settings: {
      mode_state_template: "{{ value_json.mode }}",
      temperature_state_template: "{{ value_json.target }}",
      current_temperature_template: "{{ value_json.current }}",
      action_template: "{{ value_json.action }}",
      // Home Assistant adds the word for no preset by itself, and refuses a list that has it.
      ...(presets && { preset_mode_value_template: "{{ value_json.preset }}", preset_modes: Object.keys(presets) }),
      modes,
      min_temp: min_target,
      max_temp: max_target,
      // Where nothing is said, Home Assistant takes degrees for its own unit and shows whole ones.
      temperature_unit: "C",
      temp_step: 0.5,
      precision: 0.1,
    },
  }),
});
