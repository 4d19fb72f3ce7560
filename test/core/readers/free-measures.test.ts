import { describe, expect, it } from "vitest";
import * as z from "zod";
import { freeMeasures, measuresOf } from "../../../src/core/readers/free-measures.ts";
import { defineSensor } from "../../../src/core/sensor.ts";
import { checked } from "../../config/checked.ts";

const thing = defineSensor({
  kind: "thing",
  summary: "A thing.",
  usedFor: "a thing",
  options: { measures: freeMeasures({ path: z.string().optional().describe("Where.") }).describe("What.") },
  example: { topic: "a", measures: { level: { unit: "cm" } } },
  every: { default: "1m", min: "1s" },
  measures: ({ measures }) => measuresOf(measures as never),
  pretend: { values: {} },
  open: async () => async () => ({}),
});

const problems = (measures: string) =>
  checked(`devices:\n  it: {kind: thing, topic: t, measures: ${measures}}\n`, { kinds: [thing] }).problems.map((line) =>
    line.replace(/^devices\.yaml:\d+:\d+ {2}/, ""),
  );

describe("measures that a user describes", () => {
  it.each([
    ["{temperature: {unit: °C, device_class: temperature, digits: 1, range: [-40, 85]}}"],
    ["{humidity: {device_class: humidity}}"],
    ["{total: {unit: kWh, device_class: energy}}"],
    ["{factor: {device_class: power_factor}}"],
    ["{turns: {unit: turns, state_class: total, name: Turns of it, path: a.b}}"],
    ["{pm: {unit: μg/m³, device_class: pm25}}"],
    ["{plain: {}}"],
  ])("are right: %s", (measures) => {
    expect(problems(measures)).toEqual([]);
  });

  it.each([
    [
      "{t: {unit: C, device_class: temperature}}",
      'devices.it.measures.t.unit: "C" is none of °C, °F, K; did you mean "°C"?',
    ],
    [
      "{t: {device_class: temperature}}",
      'devices.it.measures.t.device_class: "temperature" needs a unit; write unit: °C or °F or K',
    ],
    [
      "{t: {device_class: temprature, unit: °C}}",
      expect.stringMatching(/"temprature" is no device class of a number; did you mean "temperature"\?$/),
    ],
    ["{q: {unit: '%', device_class: aqi}}", 'devices.it.measures.q.unit: "%" is too much: aqi has no unit; remove it'],
    [
      "{e: {unit: kWh, device_class: energy, state_class: measurement}}",
      'devices.it.measures.e.state_class: "measurement" is wrong for energy, which is a total; write total or total_increasing',
    ],
    ["{t: {range: [5, 1]}}", expect.stringContaining("write the lower value first")],
    [
      "{t: {range: 5}}",
      'devices.it.measures.t.range: "5" is not a range; write the lowest and the highest value as in [-40, 85]',
    ],
    ["{t: {unti: °C}}", 'devices.it.measures.t.unti: "unti" is no part of a measure; did you mean "unit"?'],
    [
      "{t: {icon: water}}",
      'devices.it.measures.t.icon: "icon" is no part of a measure; there are path, name, unit, device_class, state_class, digits, range',
    ],
    [
      "{Water Level: {}}",
      expect.stringContaining('is no name for a measure; write small letters, digits and _, such as "water_level"'),
    ],
    ["{}", expect.stringContaining("has no measure; write one")],
  ])("are refused with what to do: %s", (measures, sentence) => {
    expect(problems(measures)).toEqual([sentence]);
  });

  it("become measures with the unit and the state class that their device class has", () => {
    const shape = freeMeasures({});
    expect(
      measuresOf(
        shape.parse({
          h: { device_class: "humidity" },
          e: { device_class: "energy", unit: "kWh", digits: 3 },
        }) as never,
      ),
    ).toEqual({
      h: { unit: "%", device_class: "humidity", state_class: "measurement", digits: 2, range: [-3.4e38, 3.4e38] },
      e: { unit: "kWh", device_class: "energy", state_class: "total_increasing", digits: 3, range: [-3.4e38, 3.4e38] },
    });
  });
});
