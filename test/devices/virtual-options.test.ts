import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { device } from "./virtual-words.ts";

describe("the options of a virtual device", () => {
  const problems = (options: string) =>
    checked(device(options)).problems.map((line) => line.replace(/^devices\.yaml:\d+:\d+ {2}devices\.it\./, ""));

  it.each([
    ["type: dimmer", 'type: "dimmer" is none of switch, number, select'],
    ["type: switch, step: 2", "step: is for type: number, and this is a switch; remove it"],
    ["type: number, options: [a]", "options: is for type: select, and this is a number; remove it"],
    ["type: select, options: [a], unit: W", "unit: is for type: number, and this is a select; remove it"],
    ["type: select", "options: is missing; write what there is to choose, as in [home, away]"],
    ["type: select, options: []", 'options: "[]" has no option; write what there is to choose, as in [home, away]'],
    ["type: select, options: home", 'options: "home" is not a list; write what there is to choose, as in [home, away]'],
    ["type: select, options: [1]", 'options.0: "1" is not text; put it in quotes, as in "1"'],
    [
      "type: select, options: ['{a']",
      'options.0: "{a" is no option; begin with a letter or a digit, and end without a space',
    ],
    ["type: select, options: [a, b, A]", 'options: has "A" twice, where large and small letters are the same'],
    [
      "type: select, options: [None]",
      'options: has "none", which Home Assistant takes for no choice; use another word',
    ],
    ["type: select, options: [a], initial_value: b", "initial_value: is none of the options, which are a"],
    ["type: switch, initial_value: maybe", "initial_value: is not on or off; write one of them"],
    ["type: switch, initial_value: toggle", "initial_value: is not on or off; write one of them"],
    ["type: switch, initial_value: true", 'initial_value: "true" is not a number or a word; write one'],
    ["type: number, initial_value: 101", "initial_value: is not a number from 0 to 100; change it, or the limits"],
    ["type: number, initial_value: on", "initial_value: is not a number from 0 to 100; change it, or the limits"],
    ["type: number, min_value: 100", "min_value: is not below max_value, which is 100; make it less"],
    ["type: number, step: 101", "step: is more than the whole way from 0 to 100; make it less"],
    ["type: number, step: 0", 'step: "0" is too small; write at least 0.001'],
    ["type: number, mode: knob", 'mode: "knob" is none of auto, box, slider'],
  ])("%s are refused", (options, sentence) => {
    expect(problems(options)).toEqual([sentence]);
  });
});
