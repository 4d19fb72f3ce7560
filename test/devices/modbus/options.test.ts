import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { device } from "./meter.ts";

const problems = (measures: string, more = "") =>
  checked(`devices:\n  it: {topic: t, ${device(measures, more)}}\n`).problems.map((line) =>
    line.replace(/^devices\.yaml:\d+:\d+ {2}devices\.it\./, ""),
  );

describe("the options of modbus", () => {
  it.each([
    ["a: {register: 0x000C, type: input, value: float32, unit: W, device_class: power}"],
    ["a: {register: 65532, value: float64}"],
    ["a: {register: 65535, type: coil, name: Pump}"],
    ["a: {register: 0, multiply: -0.1, word_order: little, byte_order: little}"],
  ])("are right: %s", (measures) => {
    expect(problems(measures)).toEqual([]);
  });

  it.each([
    [
      "a: {register: 65533, value: float64}",
      "measures: a has 4 registers from 65533 on, and 65535 is the last one; correct its register",
    ],
    [
      "pump: {register: 0, type: coil, unit: W}",
      "measures: pump is a coil, which is ON or OFF; remove its unit and device_class",
    ],
    [
      "leak: {register: 0, type: discrete, device_class: humidity}",
      "measures: leak is a discrete input, which is ON or OFF; remove its unit and device_class",
    ],
    [
      "a: {register: 0, value: flaot32}",
      expect.stringMatching(/^measures\.a\.value: "flaot32" is none of uint16, .*; did you mean "float32"\?$/),
    ],
    [
      "a: {register: 70000}",
      expect.stringMatching(/^measures\.a\.register: "70000" is too large; write at most 65535$/),
    ],
    ["a: {register: 0, multiply: 0}", 'measures.a.multiply: "0" would make every value 0; write another number'],
    ["a: {unit: V}", expect.stringMatching(/^measures\.a\.register: is missing/)],
    ["a: {register: 1, regster: 2}", 'measures.a.regster: "regster" is no part of a measure; did you mean "register"?'],
  ])("are refused with what to do: %s", (measures, problem) => {
    expect(problems(measures)).toEqual([problem]);
  });

  it("name a unit from 1 to 247: 0 would be all meters at once", () => {
    expect(problems("a: {register: 0}", "unit: 0, ")).toEqual(['unit: "0" is too small; write at least 1']);
    expect(problems("a: {register: 0}", "unit: 248, ")).toEqual(['unit: "248" is too large; write at most 247']);
  });
});
