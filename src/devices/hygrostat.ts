import { defineRegulator } from "../core/climate/define-regulator.ts";
import { presetNames } from "../core/climate/presets.ts";

/** A hygrostat: follows a sensor and switches a humidifier, a dehumidifier or both, all of them devices of this agent. */
export const hygrostat = defineRegulator({
  kind: "hygrostat",
  summary: "A hygrostat: humidifies, dries or both by what a sensor of this agent measures, with or without a broker.",
  usedFor: "humidifying or drying by a sensor and a relay of this agent",
  quantity: { unit: "%", device_class: "humidity", digits: 1, range: [0, 100] },
  outputs: {
    raise: { option: "humidifier", does: "humidifies", action: "humidifying" },
    lower: { option: "dehumidifier", does: "dries", action: "drying" },
  },
  modes: { off: [], on: ["raise", "lower"] },
  defaults: { target: 50, min_target: 30, max_target: 80, hysteresis: 3, digits: 0 },
  // Home Assistant refuses a humidifier whose limits are the same (components/mqtt/humidifier.py).
  needsRange: true,
  pretend: { by: 15, inMs: 10 * 60_000 },
  example: {
    topic: "home/bath/hygrostat",
    sensor: "bath-climate.humidity",
    dehumidifier: "bath-fan",
    target: 60,
    mode: "on",
  },
  exampleNeighbours: {
    "bath-climate": { kind: "dht", topic: "home/bath/climate", pin: 4 },
    "bath-fan": { kind: "relay", topic: "home/bath/fan", pin: 17, show_as: "fan" },
  },
  // www.home-assistant.io/integrations/humidifier.mqtt: it is on or off, and its modes are what are presets elsewhere.
  entity: ({ min_target, max_target, presets, ...options }) => ({
    key: "humidifier",
    platform: "humidifier",
    topics: {
      target_humidity_command_topic: "target/set",
      target_humidity_state_topic: "state",
      current_humidity_topic: "state",
      action_topic: "state",
      ...(presets && { mode_command_topic: "preset/set", mode_state_topic: "state" }),
    },
    value: "mode",
    settings: {
      payload_on: "on",
      payload_off: "off",
      target_humidity_state_template: "{{ value_json.target }}",
      current_humidity_template: "{{ value_json.current }}",
      action_template: "{{ value_json.action }}",
      ...(presets && { mode_state_template: "{{ value_json.preset }}", modes: presetNames(presets) }),
      device_class: "humidifier" in options ? "humidifier" : "dehumidifier",
      min_humidity: min_target,
      max_humidity: max_target,
    },
  }),
});
