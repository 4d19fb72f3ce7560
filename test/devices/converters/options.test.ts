import { expect, it } from "vitest";
import { checked } from "../../config/checked.ts";

/** What is said of the channels of an ADS1115, one a line, with line and column. */
const said = (...channels: string[]) =>
  checked(
    [
      "devices:",
      "  it:",
      "    kind: ads1115",
      "    topic: it",
      "    channels:",
      ...channels.map((one) => `      ${one}`),
      "",
    ].join("\n"),
  ).problems.map((problem) =>
    String(problem)
      .replace(/^.*?devices\.yaml:/, "")
      .replace("devices.it.channels.", ""),
  );

const inputs = "0, 1, 2, 3, 0-1, 0-3, 1-3, 2-3";

it.each([
  ["a: {input: 4}", `a.input: is no input; there are ${inputs}`],
  ["a: {input: 3-2}", `a.input: is no input; there are ${inputs}`],
  ["a: {input: [0]}", `a.input: is no input; there are ${inputs}`],
  [
    "a: {input: 0, divider: [100k]}",
    "a.divider: is no divider; write the resistor above and the one to ground, as in [100k, 10k]",
  ],
  ["a: {input: 0, divider: [100k, 0]}", "a.divider.1: is out of range; write at most 100M, and more than 0"],
  ["a: {input: 0, shunt: thick}", "a.shunt: is no resistance; write ohms, such as 470, 4.7k or 1M"],
  [
    "a: {input: 0, divider: [1k, 1k], ntc: {b_constant: 3950, reference_resistance: 10k}, resistor: 10k}",
    "a.ntc: does not go together with divider; a channel has one of divider, shunt, ntc, table",
  ],
  [
    "a: {input: 0, shunt: 1, table: [[0, 0], [1, 1]], resistor: 1}",
    "a.table: does not go together with shunt; a channel has one of divider, shunt, ntc, table",
  ],
  [
    "a: {input: 0, ntc: {b_constant: 3950, reference_resistance: 10k}}",
    "a.ntc: needs resistor, the fixed resistor that is in series with it, such as resistor: 10k",
  ],
  ["a: {input: 0, resistor: 10k}", "a.resistor: is only for a channel with ntc or table"],
  ["a: {input: 0, configuration: upstream}", "a.configuration: is only for a channel with ntc or table"],
  [
    "a: {input: 0, resistor: 1k, ntc: {b_constant: 3950}}",
    "a.ntc: needs either b_constant and reference_resistance, as in {b_constant: 3950, reference_resistance: 10k}, or the Steinhart-Hart coefficients a, b and c",
  ],
  [
    "a: {input: 0, resistor: 1k, ntc: {b_constant: 3950, reference_resistance: 10k, a: 1}}",
    "a.ntc: needs either b_constant and reference_resistance, as in {b_constant: 3950, reference_resistance: 10k}, or the Steinhart-Hart coefficients a, b and c",
  ],
  ["a: {input: 0, resistor: 1k, table: [[1k, 1], [1000, 2]]}", "a.table: has 1000 ohms twice; remove one of the pairs"],
  [
    "a: {input: 0, resistor: 1k, table: [[1k, 1]]}",
    "a.table: has too few pairs; write at least two, as in [[10, 0], [180, 100]]",
  ],
  [
    "a: {input: 0, device_class: weight}",
    "a.device_class: needs a unit; write unit: µg or mg or g or kg or oz or lb or st",
  ],
  ["a: {input: 0, device_class: moisture, unit: V}", "a.unit: is not for moisture, whose unit is %"],
  [
    "a: {input: 0, resistor: 1k, unit: K, ntc: {b_constant: 3950, reference_resistance: 10k}}",
    "a.unit: does not go together with ntc, which gives °C",
  ],
  [
    "Battery: {input: 0}",
    "Battery: is no name of a measure; begin with a small letter, and go on with small letters, digits and _, as in battery_voltage",
  ],
  [
    "ts: {input: 0}",
    "ts: is no name of a measure; begin with a small letter, and go on with small letters, digits and _, as in battery_voltage",
  ],
])("refuses %s with a sentence", (channel, sentence) => {
  const problems = said(channel);
  expect(problems).toHaveLength(1);
  const [path = "", clause = ""] = sentence.split(/: (.*)/);
  expect(problems[0]).toContain(` ${path}: `);
  expect(problems[0]).toContain(clause);
  expect(problems[0]).toMatch(/^6:\d+ /);
});

it("shows the line and column of an input that is there twice", () => {
  expect(said("a: {input: 0}", "b: {input: 1}", "c: {input: 0}")).toEqual([
    '8:18  c.input: "0" is the input of a already; choose another, or remove one of them',
  ]);
});

it("wants channels", () => {
  const { problems } = checked("devices:\n  it: {kind: ads1115, topic: it, channels: {}}\n");
  expect(problems.map(String).join()).toContain("has no channel; write one, as in {battery: {input: 0}}");
});
