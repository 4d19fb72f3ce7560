import { expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { deviceClasses } from "../../src/core/readers/device-classes.ts";
import { kinds } from "../fakes/kinds.ts";
import { checkComponent } from "./documented.ts";
import { componentsOf, exampleOf } from "./houses.ts";

/** Classes with several units, each with one that every Home Assistant since 2024.11 has. */
const unitOf: Readonly<Record<string, string>> = {
  ...{ apparent_power: "VA", area: "m²", atmospheric_pressure: "hPa", carbon_monoxide: "ppm", conductivity: "µS/cm" },
  ...{ current: "A", data_rate: "kB/s", data_size: "MiB", distance: "m", duration: "min", energy: "kWh" },
  ...{ energy_storage: "kWh", frequency: "Hz", gas: "m³", irradiance: "W/m²", nitrogen_dioxide: "µg/m³" },
  ...{ nitrogen_monoxide: "µg/m³", ozone: "µg/m³", power: "W", power_factor: "%", precipitation: "mm" },
  ...{ precipitation_intensity: "mm/h", pressure: "bar", reactive_power: "var", signal_strength: "dBm" },
  ...{ sound_pressure: "dB", speed: "m/s", sulphur_dioxide: "µg/m³", temperature: "°C" },
  ...{ volatile_organic_compounds: "µg/m³", volatile_organic_compounds_parts: "ppb", voltage: "V", volume: "L" },
  ...{ volume_flow_rate: "L/min", volume_storage: "L", water: "L", weight: "kg", wind_speed: "m/s" },
};

/** What Home Assistant is told of a measure of each device class, where its owner says its unit and no state class. */
const shown = componentsOf(
  stringify({
    devices: {
      it: {
        kind: "file",
        topic: "it",
        path: "/run/it",
        measures: Object.fromEntries(
          deviceClasses.map((name) => [name, { device_class: name, ...(unitOf[name] && { unit: unitOf[name] }) }]),
        ),
      },
    },
  }),
);

it.each(deviceClasses)("shows a measure of the device class %s so that Home Assistant takes it", (name) => {
  const component = shown[`it__${name}__sensor`];
  expect(component).toMatchObject({ device_class: name });
  expect(() => checkComponent(component)).not.toThrow();
});

it.each([
  ["energy", "total_increasing"],
  ["gas", "total_increasing"],
  ["water", "total_increasing"],
  ["power", "measurement"],
  ["volume_storage", "measurement"],
  ["wind_direction", "measurement_angle"],
])("takes a measure of the device class %s for a %s where nobody says it", (name, stateClass) => {
  expect(shown[`it__${name}__sensor`]).toMatchObject({ state_class: stateClass });
});

it("takes the direction that a wind vane at an analog input gives for an angle", () => {
  const vane = "input: 0, table: [[688, 112.5], [33000, 0]], resistor: 10k, device_class: wind_direction";
  const { it__vane__sensor: component } = componentsOf(
    `devices:\n  it: {kind: ads1115, topic: it, channels: {vane: {${vane}}}}\n`,
  );
  expect(component).toMatchObject({ unit_of_measurement: "°", state_class: "measurement_angle" });
  checkComponent(component);
});

/** The kinds of whose measures some are chosen by name, with all these names. */
const choices = kinds.flatMap((kind) => {
  const { properties = {} } = z.toJSONSchema(z.object(kind.options), { io: "input" });
  const { measures: { items } = {} } = properties as { measures?: { items?: { enum?: string[] } } };
  return items?.enum === undefined ? [] : [{ kind, measures: items.enum }];
});

it.each(choices)(
  "shows each measure that can be chosen of the kind $kind.kind so that Home Assistant takes it",
  (all) => {
    const { kind, measures } = all;
    const chosen = componentsOf(
      exampleOf(kind, { measures, ...("interface" in kind.options && { interface: "eth0" }) }),
    );
    expect(Object.keys(chosen)).toHaveLength(measures.length);
    for (const component of Object.values(chosen)) checkComponent(component);
  },
);

it("finds kinds whose measures are chosen", () => {
  expect(choices.map(({ kind }) => kind.kind)).toEqual(expect.arrayContaining(["p1", "sml", "system", "power_supply"]));
});
