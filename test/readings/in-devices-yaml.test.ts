import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { kinds } from "../fakes/kinds.ts";
import { settableKinds } from "../fakes/settable-sensor.ts";

const check = (options: string) =>
  checked(`devices:\n  it: {topic: it, ${options}}\n`, { kinds: [...kinds, ...settableKinds()] }).problems;

describe("what is done with a reading is taken", () => {
  it.each([
    "kind: thermometer, filters: [{offset: -0.4}]",
    "kind: thermometer, filters: {temperature: [{offset: -0.4}]}",
    "kind: thermometer, range: [10, 40], max_change: 5, stuck_after: 1h, quality: true",
    "kind: thermometer, range: {temperature: [10, 40]}, max_change: {temperature: 5}, stuck_after: {temperature: 1h}",
    "kind: thermometer, publish: on_change, delta: 0.2, heartbeat: 5m",
    "kind: weather, derive: [sea_level_pressure], altitude: 320m, filters: {sea_level_pressure: [{round: 0}]}",
    "kind: weather, derive: [sea_level_pressure], altitude: -3.5",
    "kind: weather, derive: [dew_point], publish: on_change, delta: {dew_point: 0.5}",
    "kind: barometer, filters: [{offset: 1}], derive: [sea_level_pressure], altitude: 5",
    "kind: channels, filters: {humidity: [{delta: 5%}]}, derive: [dew_point]",
    "kind: thermometer, filters: [{heartbeat: {period: 1m}}, {timeout: 5m}, {timeout: {timeout: 5m, value: last}}]",
  ])("%s", (options) => {
    expect(check(options)).toEqual([]);
  });
});

/** Each with its column: all stands in line 2. */
describe("what is done with a reading is refused at its place", () => {
  it.each([
    [
      "kind: channels, filters: {pressure: [{offset: 1}]}",
      'filters.pressure: "pressure" is no measure of this device; there are temperature, humidity',
    ],
    [
      "kind: channels, max_change: 5",
      "max_change: does not say for which measure; write it below the name of one, as in temperature: …; there are temperature, humidity",
    ],
    [
      "kind: channels, delta: {dew_point: 1}, publish: on_change",
      'delta.dew_point: "dew_point" is no measure of this device; there are temperature, humidity',
    ],
    [
      "kind: channels, derive: [sea_level_pressure], altitude: 5m",
      "derive: sea_level_pressure needs atmospheric pressure, and no atmospheric pressure is measured here",
    ],
    [
      "kind: weather, filters: {dew_point: [{offset: 1}]}",
      'filters.dew_point: "dew_point" is no measure of this device; there are temperature, humidity, pressure',
    ],
    [
      "kind: weather, filters: [{offset: 1}]",
      '"[{offset: 1}]" does not say for which measure; write it below the name of one, as in temperature: [{offset: -0.5}]; there are temperature, humidity, pressure',
    ],
    [
      "kind: weather, range: {dew_point: [1, 2]}, derive: [dew_point]",
      'range.dew_point: "dew_point" is no measure of this kind; there are temperature, humidity, pressure',
    ],
    [
      "kind: weather, derive: [sea_level_pressure]",
      'altitude: is missing; write "altitude: 320m", for example, since sea_level_pressure needs it',
    ],
    [
      "kind: weather, altitude: 320m",
      "altitude: has an effect only with derive: [sea_level_pressure]; add that or remove the altitude",
    ],
    ["kind: weather, derive: [dew_point, dew_point]", "derive: names dew_point twice; remove one of them"],
    [
      "kind: weather, derive: [dew_pint]",
      'derive.0: "dew_pint" is none of absolute_humidity, dew_point, heat_index, sea_level_pressure; did you mean "dew_point"?',
    ],
    [
      "kind: weather, derive: [sea_level_pressure], altitude: 320ft",
      'altitude: "320ft" is not an altitude; write it in metres, such as 320m',
    ],
    ["kind: thermometer, derive: [dew_point]", 'derive: there is no option "derive" for the kind thermometer'],
    ["kind: thermometer, range: [40, 10]", '"[40, 10]" is no range; write the lower value first, as in [10, 40]'],
    [
      "kind: thermometer, range: [-50, 10]",
      "range: is wider than what the sensor can measure; write a range within -40 to 85",
    ],
    [
      "kind: weather, range: {humidity: [0, 101]}",
      "range.humidity: is wider than what the sensor can measure; write a range within 0 to 100",
    ],
    [
      "kind: thermometer, stuck_after: 20s",
      "stuck_after: is not longer than two readings; write a longer time, or a shorter every",
    ],
    [
      "kind: thermometer, delta: 0.2",
      "delta: has an effect only with publish: on_change; add that or remove this line",
    ],
    [
      "kind: nose, quality: true",
      "quality: is said in the values quality and reason; give the measure quality another name",
    ],
    ["kind: thermometer, publish: changes", '"changes" is none of always, on_change'],
    ["kind: thermometer, max_change: much", '"much" is not a number'],
    [
      "kind: thermometer, max_change: {temprature: 5}",
      'max_change.temprature: "temprature" is no measure of this kind; did you mean "temperature"?',
    ],
    [
      "kind: thermometer, filters: [{delta: much}]",
      'filters.0.delta: "much" is not a number or a percentage; write one above 0, such as 0.5 or 5%',
    ],
    ["kind: thermometer, filters: [{delta: 0%}]", 'filters.0.delta: "0%" is not above 0'],
    ["kind: thermometer, filters: [{round: 1.5}]", 'filters.0.round: "1.5" is not a whole number'],
    ["kind: thermometer, filters: [{heartbeat: 5}]", 'filters.0.heartbeat: "5" is not a duration'],
    ["kind: thermometer, filters: [{heartbeat: {period: 5}}]", 'filters.0.heartbeat.period: "5" is not a duration'],
    [
      "kind: thermometer, filters: [{median: {send_every: 2, send_first_at: 3}}]",
      "has a send_first_at above its send_every; write one that is not above it",
    ],
    [
      "kind: thermometer, filters: [{clamp: {min_value: 5, max_value: 1}}]",
      "has a min_value above its max_value; write the lower one as min_value",
    ],
    ["kind: thermometer, filters: [{clamp: {}}]", "has no limit; write min_value, max_value or both"],
    [
      "kind: thermometer, filters: [{calibrate_linear: ['1 -> 2']}]",
      "has too few points; write at least 2, such as 10.0 -> 12.1",
    ],
    [
      "kind: thermometer, filters: [{calibrate_linear: ['1 -> 2', '1 to 3']}]",
      'calibrate_linear.1: "1 to 3" is not a point; write what the sensor shows',
    ],
    [
      "kind: thermometer, filters: [{calibrate_linear: ['1 -> 2', '1 -> 3']}]",
      "has points of one value only; write another one, such as 10.0 -> 12.1",
    ],
    [
      "kind: thermometer, filters: [{calibrate_linear: {method: exact, datapoints: ['5 -> 2', '1 -> 3']}}]",
      "has points that are not in their order; begin with the lowest, and write each only once",
    ],
    [
      "kind: thermometer, filters: [{calibrate_polynomial: {degree: 2, datapoints: ['1 -> 2', '2 -> 3']}}]",
      "has too few points for its degree; write at least one more different point than the degree",
    ],
    [
      "kind: thermometer, filters: [{lookup: ['5 -> 2', '1 -> 3']}]",
      "has points that are not in their order; begin with the lowest, and write each only once",
    ],
  ])("%s", (options, sentence) => {
    const problems = check(options);
    expect(problems.join("\n")).toContain(sentence);
    for (const problem of problems) expect(problem).toMatch(/^devices\.yaml:2:\d+ {2}devices\.it\.\S+: /);
  });

  it("at the name that is wrong", () => {
    const options = "kind: channels, filters: {pressure: [{offset: 1}]}";
    const column = `  it: {topic: it, ${options}}`.indexOf("pressure") + 1;
    expect(check(options)[0]).toMatch(new RegExp(`^devices\\.yaml:2:${column} `));
  });
});
