import { describe, expect, it } from "vitest";
import { checked } from "./checked.ts";

/** What is wrong with a light that has these options. */
const problems = (options: string) =>
  checked(`devices:\n  it: {kind: light, topic: it${options && ", "}${options}}\n`).problems;
const rgb = "red_pin: 12, green_pin: 13, blue_pin: 18";
const whites = "cold_white_pin: 12, warm_white_pin: 13";
const kelvin = "cold_white_color_temperature: 6500, warm_white_color_temperature: 2700";

describe("the pins of a light", () => {
  it.each([
    "pin: 18",
    "output_pin: 17",
    rgb,
    `${rgb}, white_pin: 19`,
    `${whites}, ${kelvin}`,
    "pin: 18, frequency: 200, default_transition: 1s, gamma_correct: 2.8, min_power: 0.01, max_power: 0.9, initial: last",
    "pin: 18, on_exit: on",
    "output_pin: 17, active_low: true, initial: on, on_exit: keep, max_on: 1h",
  ])("may be %s", (options) => {
    expect(problems(options)).toEqual([]);
  });

  it.each([
    [
      "",
      "devices.it.pin: is missing; write pin for a light that is dimmed, output_pin for one that is only switched, red_pin, green_pin and blue_pin for a colored one, or cold_white_pin and warm_white_pin",
    ],
    ["pin: 18, output_pin: 17", "it.output_pin: does not go together with pin; remove one of them, or make two lights"],
    [`pin: 19, ${rgb}`, "it.red_pin: does not go together with pin; remove one of them, or make two lights"],
    [`${rgb}, warm_white_pin: 19`, "it.warm_white_pin: does not go together with red_pin; remove one of them"],
    [`${whites}, white_pin: 19, ${kelvin}`, "it.cold_white_pin: does not go together with white_pin; remove one"],
    ["red_pin: 12, blue_pin: 18", "it.green_pin: is missing; a light with red_pin and blue_pin needs it too"],
    [
      "white_pin: 19",
      "it.red_pin: is missing; a light with white_pin needs it too, or write pin in place of white_pin for white LEDs alone",
    ],
    [`cold_white_pin: 12, ${kelvin}`, "it.warm_white_pin: is missing; a light with cold_white_pin needs it too"],
    [
      whites,
      "it.cold_white_color_temperature: is missing; write the kelvin that stand on the strip, such as 6500 for cold white",
    ],
    [
      `${whites}, cold_white_color_temperature: 2700, warm_white_color_temperature: 6500`,
      "it.cold_white_color_temperature: is not above warm_white_color_temperature, which is 6500; exchange them",
    ],
    [
      `${rgb}, cold_white_color_temperature: 6500`,
      "it.cold_white_color_temperature: is only for a light with cold_white_pin and warm_white_pin; remove it",
    ],
    [
      "red_pin: 12, green_pin: 12, blue_pin: 18",
      "it.green_pin: pin 12 is already the red_pin of this device; choose another",
    ],
  ])("may not be %s", (options, problem) => {
    expect(problems(options).join("\n")).toContain(problem);
  });
});

describe("the options of a light", () => {
  it.each([
    [
      "output_pin: 17, frequency: 200",
      "it.frequency: is for a light that is dimmed; write pin in place of output_pin, or remove it",
    ],
    ["output_pin: 17, default_transition: 1s", "it.default_transition: is for a light that is dimmed"],
    ["output_pin: 17, gamma_correct: 2", "it.gamma_correct: is for a light that is dimmed"],
    ["output_pin: 17, min_power: 0.1", "it.min_power: is for a light that is dimmed"],
    ["pin: 18, min_power: 1", "it.min_power: is the full power; write less than 1"],
    ["pin: 18, min_power: 0.5, max_power: 0.5", "it.max_power: is not above min_power, which is 0.5; write more"],
    ["pin: 18, max_power: 0", "it.max_power: is not above min_power, which is 0; write more"],
    [
      "pin: 18, max_power: 0.5, on_exit: on",
      "it.on_exit: is the full power for a light that stays on, and max_power is 0.5; write off or keep",
    ],
    ["pin: 18, initial: keep", 'it.initial: "keep" is none of off, on, last'],
    ["pin: 18, on_exit: last", 'it.on_exit: "last" is none of off, on, keep'],
    ["pin: 18, frequency: 9", 'it.frequency: "9" is too small; write at least 10'],
    ["pin: 18, frequency: 20001", 'it.frequency: "20001" is too large; write at most 20000'],
    ["pin: 18, gamma_correct: 0", 'it.gamma_correct: "0" is too small; write at least 0.1'],
    ["pin: 18, gamma_correct: 5.1", 'it.gamma_correct: "5.1" is too large; write at most 5'],
    ["pin: 18, min_power: -0.1", 'it.min_power: "-0.1" is too small; write at least 0'],
    ["pin: 18, max_power: 255", 'it.max_power: "255" is too large; write at most 1'],
    ["pin: 18, default_transition: 2h", 'it.default_transition: "2h" is out of range; write a duration from 0s to 1h'],
    [
      `${whites}, warm_white_color_temperature: 2700, cold_white_color_temperature: 6500 K`,
      'it.cold_white_color_temperature: "6500 K" is not a color temperature; write the kelvin from 1000 to 20000, such as 6500',
    ],
    [
      `${whites}, cold_white_color_temperature: 6500, warm_white_color_temperature: 370`,
      'it.warm_white_color_temperature: "370" is not a color temperature; write the kelvin from 1000 to 20000, such as 2700',
    ],
    [
      `${whites}, cold_white_color_temperature: 65000, warm_white_color_temperature: 2700`,
      'it.cold_white_color_temperature: "65000" is not a color temperature; write the kelvin from 1000 to 20000, such as 6500',
    ],
  ])("may not be %s", (options, problem) => {
    expect(problems(options).join("\n")).toContain(problem);
  });
});
