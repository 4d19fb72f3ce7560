import type { Entity } from "../entity.ts";
import { type ClimateLimits, modesOf } from "./climate-command.ts";

/** A thermostat as Home Assistant shows it (www.home-assistant.io/integrations/climate.mqtt): all it reads is in the state. */
export function climateEntity(options: ClimateLimits): Entity {
  return {
    key: "climate",
    platform: "climate",
    topics: {
      mode_command_topic: "mode/set",
      mode_state_topic: "state",
      temperature_command_topic: "target/set",
      temperature_state_topic: "state",
      current_temperature_topic: "state",
      action_topic: "state",
    },
    settings: {
      mode_state_template: "{{ value_json.mode }}",
      temperature_state_template: "{{ value_json.target }}",
      current_temperature_template: "{{ value_json.current }}",
      action_template: "{{ value_json.action }}",
      modes: modesOf(options),
      min_temp: options.min_target,
      max_temp: options.max_target,
      // Where nothing is said, Home Assistant takes degrees for its own unit and shows whole ones.
      temperature_unit: "C",
      temp_step: 0.5,
      precision: 0.1,
    },
  };
}
