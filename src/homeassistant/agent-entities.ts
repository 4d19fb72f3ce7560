import type { Entity } from "../core/entity.ts";
import { logLevels } from "../core/log/log.ts";
import type { AgentTopics } from "../core/messages/topic.ts";

/** The template for a value that may be missing. A missing value makes the state unknown, without a warning in Home Assistant's log. */
const perhaps = (value: string) => `{{ value_json.${value} | default(none) }}`;

/** The entities of the agent itself. Their state is the agent's health if no other topic is named. */
export function agentEntities(topics: AgentTopics): readonly Entity[] {
  const diagnostic = { entity_category: "diagnostic" };
  return [
    {
      key: "uptime",
      platform: "sensor",
      name: "Uptime",
      value: "uptime",
      // The value changes each minute and would fill Home Assistant's database.
      settings: { ...diagnostic, device_class: "duration", unit_of_measurement: "s", enabled_by_default: false },
    },
    {
      key: "version",
      platform: "sensor",
      name: "Version",
      value: "version",
      settings: { ...diagnostic, state_topic: topics.info, icon: "mdi:tag" },
    },
    {
      key: "cpu_temperature",
      platform: "sensor",
      name: "CPU temperature",
      settings: {
        ...diagnostic,
        value_template: perhaps("cpu_temperature"),
        device_class: "temperature",
        unit_of_measurement: "°C",
        state_class: "measurement",
        suggested_display_precision: 1,
      },
    },
    {
      key: "under_voltage",
      platform: "binary_sensor",
      name: "Under-voltage",
      // Templates write true, false and none as Python does. "None" makes the state unknown.
      settings: {
        ...diagnostic,
        value_template: perhaps("under_voltage"),
        payload_on: "True",
        payload_off: "False",
        device_class: "problem",
      },
    },
    {
      key: "restart_reason",
      platform: "sensor",
      name: "Last restart reason",
      // Before 2024.11 Home Assistant shows the text "None". The text "unknown" is what an unknown state has.
      settings: {
        ...diagnostic,
        value_template: "{{ value_json.restart_reason | default('unknown') }}",
        icon: "mdi:restart-alert",
      },
    },
    {
      key: "failures",
      platform: "sensor",
      name: "Failures of devices",
      settings: {
        ...diagnostic,
        value_template: "{{ value_json.failures.values() | sum }}",
        json_attributes_topic: topics.health,
        json_attributes_template: "{{ value_json.failures | tojson }}",
        state_class: "total_increasing",
        icon: "mdi:alert-circle-outline",
      },
    },
    {
      key: "reconnects",
      platform: "sensor",
      name: "Reconnects",
      value: "reconnects",
      settings: {
        ...diagnostic,
        state_class: "total_increasing",
        enabled_by_default: false,
        icon: "mdi:lan-disconnect",
      },
    },
    {
      key: "memory",
      platform: "sensor",
      name: "Memory",
      value: "memory",
      settings: {
        ...diagnostic,
        device_class: "data_size",
        unit_of_measurement: "MiB",
        state_class: "measurement",
        enabled_by_default: false,
      },
    },
    {
      key: "restart",
      platform: "button",
      name: "Restart",
      settings: {
        entity_category: "config",
        command_topic: topics.restart,
        payload_press: "PRESS",
        device_class: "restart",
      },
    },
    {
      key: "log_level",
      platform: "select",
      name: "Log level",
      settings: {
        entity_category: "config",
        state_topic: topics.logLevel,
        command_topic: topics.setLogLevel,
        options: logLevels,
        icon: "mdi:text-box-search",
      },
    },
  ];
}

/** Whether the agent is online. It is the only entity that stays available when the agent is offline. */
export function presenceEntity(topics: AgentTopics): Entity {
  return {
    key: "status",
    platform: "binary_sensor",
    name: "Status",
    settings: {
      entity_category: "diagnostic",
      state_topic: topics.status,
      payload_on: "online",
      payload_off: "offline",
      device_class: "connectivity",
    },
  };
}
