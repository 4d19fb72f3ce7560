import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { componentsOf } from "../../homeassistant/houses.ts";
import { meter } from "./pulsed-meter.ts";

describe("a counter in Home Assistant", () => {
  it.each([
    ["device_class: energy, pulses_per_unit: 1000", { device_class: "energy", unit_of_measurement: "kWh" }, 3],
    ["device_class: gas, pulses_per_unit: 100", { device_class: "gas", unit_of_measurement: "m³" }, 2],
    ["device_class: water, unit: m³, pulses_per_unit: 1", { device_class: "water", unit_of_measurement: "m³" }, 0],
    ["unit: turns", { unit_of_measurement: "turns" }, 0],
    ["debounce: 1ms", {}, 0],
  ])("has with %s the class and unit that belong together", (options, expected, digits) => {
    const component = componentsOf(meter(`, ${options}`))["meter__total__sensor"];
    expect(component).toMatchObject({
      state_class: "total_increasing",
      suggested_display_precision: digits,
      state_topic: "meter",
      ...expected,
    });
    for (const key of ["device_class", "unit_of_measurement"])
      if (!(key in expected)) expect(component).not.toHaveProperty(key);
  });

  it.each([
    ["device_class: energy, rate: W", "Power", { device_class: "power", unit_of_measurement: "W" }],
    ["device_class: water, rate: L/min", "Flow", { device_class: "volume_flow_rate", unit_of_measurement: "L/min" }],
    ["device_class: gas, rate: m³/h", "Flow", { device_class: "volume_flow_rate", unit_of_measurement: "m³/h" }],
    [
      "device_class: precipitation, rate: mm/h",
      "Intensity",
      { device_class: "precipitation_intensity", unit_of_measurement: "mm/h" },
    ],
    ["device_class: distance, rate: m/s", "Speed", { device_class: "speed", unit_of_measurement: "m/s" }],
    ["unit: turns, rate: turns/min", "Rate", { unit_of_measurement: "turns/min" }],
  ])("has with %s a second entity for the %s", (options, name, expected) => {
    const { meter__rate__sensor: rate, meter__rejected__sensor: rejected } = componentsOf(meter(`, ${options}`));
    expect(rate).toMatchObject({
      name: `Meter ${name}`,
      state_class: "measurement",
      value_template: "{{ value_json.rate }}",
      ...expected,
    });
    if (!("device_class" in expected)) expect(rate).not.toHaveProperty("device_class");
    expect(rejected).toBeUndefined();
  });

  it("shows rejected pulses where there is a max_rate", () => {
    const { meter__rejected__sensor: rejected } = componentsOf(
      meter(", device_class: energy, rate: W, max_rate: 9000"),
    );
    expect(rejected).toMatchObject({ entity_category: "diagnostic", value_template: "{{ value_json.rejected }}" });
  });

  it.each([
    ["device_class: water, unit: kWh", "unit", 'device class water has no unit "kWh"; it has'],
    ["device_class: energy, unit: Wh, rate: Wh/h", "rate", 'device class power has no unit "Wh/h"; it has'],
  ])("is warned of with %s, of which Home Assistant makes no statistics", (options, option, sentence) => {
    const { warnings } = checked(meter(`, ${options}`));
    expect(warnings).toEqual([expect.stringContaining(`devices.meter.${option}: Home Assistant's ${sentence}`)]);
    expect(checked(meter(", device_class: water, unit: gal, rate: gal/d")).warnings).toEqual([]);
  });
});
