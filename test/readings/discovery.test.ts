import { describe, expect, it } from "vitest";
import { checkDeviceMessage } from "../homeassistant/documented.ts";
import { componentsOf, messagesOf } from "../homeassistant/houses.ts";

const yaml = (options: string) => `devices:\n  it: {topic: it, ${options}}\n`;
const components = (options: string) => componentsOf(yaml(options));

describe("expire_after", () => {
  it.each([
    // Three times the longest silence, and 5 s.
    ["kind: ds18b20, every: 10s", 35],
    ["kind: ds18b20, every: 10s, filters: [{throttle: 5m}]", 935],
    ["kind: ds18b20, every: 10s, filters: [{median: {send_every: 6}}]", 185],
    ["kind: ds18b20, every: 10s, filters: [{delta: 1}, {heartbeat: 10m}]", 1805],
    ["kind: ds18b20, every: 10s, filters: [{delta: 1}]", undefined],
    // A measure that is said takes the others with it.
    ["kind: bme280, every: 10s, filters: {temperature: [{delta: 1}]}", 35],
    ["kind: ds18b20, every: 10s, publish: on_change", 1835],
    ["kind: ds18b20, every: 10s, publish: on_change, heartbeat: 1m", 215],
    ["kind: ds18b20, every: 10s, publish: on_change, heartbeat: 1m, filters: [{delta: 1}]", 215],
  ])("follows the longest silence of the sensor: %s", (options, seconds) => {
    const [first] = Object.values(components(options));
    expect(first?.["expire_after"]).toBe(seconds);
  });
});

describe("Home Assistant shows", () => {
  it("each derived measure as a sensor, in its unit and its device class", () => {
    const options =
      "kind: bme280, every: 10s, derive: [dew_point, absolute_humidity, heat_index, sea_level_pressure], altitude: 320m";
    const shown = components(options);
    const told = (name: string) => {
      const {
        p,
        unit_of_measurement: unit,
        device_class: kind,
        state_class: state,
        value_template: template,
      } = shown[`it__${name}__sensor`] ?? {};
      return [p, unit, kind, state, template];
    };
    expect(told("dew_point")).toEqual(["sensor", "°C", "temperature", "measurement", "{{ value_json.dew_point }}"]);
    expect(told("heat_index").slice(1, 3)).toEqual(["°C", "temperature"]);
    expect(told("absolute_humidity").slice(1, 3)).toEqual(["g/m³", undefined]);
    expect(told("sea_level_pressure").slice(1, 3)).toEqual(["hPa", "atmospheric_pressure"]);
    for (const message of Object.values(messagesOf(yaml(options)))) checkDeviceMessage(message);
  });

  it("the quality as a problem, if it is asked for", () => {
    const message = components("kind: ds18b20, every: 10s, quality: true")["it__quality__binary_sensor"];
    expect(message).toMatchObject({
      device_class: "problem",
      entity_category: "diagnostic",
      value_template: "{{ 'OFF' if value_json.quality == 'good' else 'ON' }}",
      expire_after: 35,
    });
    expect(Object.keys(components("kind: ds18b20, every: 10s"))).not.toContain("it__quality__binary_sensor");
    for (const one of Object.values(messagesOf(yaml("kind: ds18b20, every: 10s, quality: true"))))
      checkDeviceMessage(one);
  });
});
