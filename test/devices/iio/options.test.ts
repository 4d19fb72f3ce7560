import { expect, it } from "vitest";
import { checked } from "../../config/checked.ts";

const problems = (measures: string) =>
  checked(`devices:\n  it: {kind: iio, topic: it, part: x, measures: ${measures}}\n`).problems.map((line) =>
    line.replace(/^devices\.yaml:\d+:\d+ {2}/, ""),
  );

it.each([
  [
    "a channel that is none",
    "{a: {channel: temp1}}",
    'devices.it.measures.a.channel: "temp1" is no channel of IIO; write its file\'s name without _raw or _input, such as in_temp or in_voltage0',
  ],
  [
    "another unit without a factor",
    "{a: {channel: in_temp, unit: °F}}",
    "devices.it.measures: a: in_temp is published in °C; remove unit, or write multiply, which makes °F of IIO's number",
  ],
  [
    "another class of another unit without a factor",
    "{a: {channel: in_voltage0, device_class: moisture}}",
    "devices.it.measures: a: in_voltage0 is published in V; remove unit, or write multiply, which makes % of IIO's number",
  ],
])("refuses %s", (_what, measures, problem) => {
  expect(problems(measures)).toEqual([problem]);
});

it.each([
  "{a: {channel: in_temp}}",
  "{a: {channel: in_temp, unit: °C}}",
  "{a: {channel: in_temp, unit: °F, multiply: 0.0018, offset: 32}}",
  "{a: {channel: in_voltage0-voltage1}, b: {channel: in_accel_x}, c: {channel: in_temp_raw}, d: {channel: out_voltage0}}",
  "{a: {channel: in_proximity, unit: mm}}",
])("takes %s", (measures) => {
  expect(problems(measures)).toEqual([]);
});
