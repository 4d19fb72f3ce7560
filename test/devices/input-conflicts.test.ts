import { expect, it } from "vitest";
import { checked } from "../config/checked.ts";

/** What is said about a device called `it`. */
const said = (settings: string) => checked(`devices:\n  it: {topic: it, ${settings}}\n`).problems;

it.each([
  [
    "kind: contact, pin: 5, debounce: 0ms, debounce_mode: leading",
    "debounce_mode: needs a time of debounce; write debounce: 50ms, or take debounce_mode out",
  ],
  [
    "kind: button, pin: 5, debounce: 350ms",
    "double_time: is not longer than debounce, which is 350ms, so no press could be a second one; write a longer time, or presses: 1",
  ],
  [
    "kind: button, pin: 5, long_time: 0ms, repeat_time: 200ms",
    "repeat_time: repeats a long press, which long_time: 0ms forbids; take one of them out",
  ],
  [
    "kind: button, pin: 5, debounce: 0ms, debounce_mode: leading",
    "debounce_mode: needs a time of debounce; write debounce: 50ms, or take debounce_mode out",
  ],
  [
    "kind: counter, pin: 5, device_class: energy, rate: L/min",
    "rate: does not fit a total in kWh; write W or kW, for example",
  ],
  [
    "kind: counter, pin: 5, device_class: water, rate: W",
    "rate: does not fit a total in L; write L/min or m³/h, for example",
  ],
  [
    "kind: counter, pin: 5, unit: turns, rate: L/min",
    "rate: does not fit a total in turns; write turns/h, for example",
  ],
  ["kind: counter, pin: 5, rate: W", "rate: is no rate; write what is counted and a time, such as turns/min"],
  ["kind: counter, pin: 5, rate: 1/week", "rate: is no rate; write what is counted and a time, such as turns/min"],
  ["kind: counter, pin: 5, max_rate: 40", "max_rate: has no unit without rate; write rate too, such as rate: kW"],
  [
    "kind: rotary, pin_a: 5, pin_b: 6, min_value: 10, max_value: 10",
    "min_value: is not below max_value, which is 10; exchange them, or change one",
  ],
  [
    "kind: rotary, pin_a: 5, pin_b: 6, max_value: 10, wrap: true",
    "wrap: needs both ends; write min_value and max_value, or take wrap out",
  ],
  [
    "kind: rotary, pin_a: 5, pin_b: 6, min_value: 0, max_value: 10, step: 3, wrap: true",
    "step: does not lead from 0 to 10; with wrap, write one that divides 10 without a rest",
  ],
  [
    "kind: rotary, pin_a: 5, pin_b: 6, button_pin: 7, debounce: 1s",
    "double_time: is not longer than debounce, which is 1000ms, so no press could be a second one; write a longer time, or presses: 1",
  ],
  [
    "kind: rotary, pin_a: 5, pin_b: 6, button_pin: 7, long_time: 0ms, repeat_time: 1s",
    "repeat_time: repeats a long press, which long_time: 0ms forbids; take one of them out",
  ],
  ["kind: rotary, pin_a: 5, pin_b: 6, resolution: 3", 'resolution: "3" is not a resolution; write 1, 2 or 4'],
  ["kind: rotary, pin_a: 5, pin_b: 5", "pin 5"],
])("refuses %s", (settings, sentence) => {
  expect(said(settings)).toEqual([expect.stringContaining(sentence)]);
});

it("lets a button that tells no double have any debounce", () => {
  expect(said("kind: button, pin: 5, debounce: 1s, presses: 1")).toEqual([]);
});

it("lets an encoder without a button have any debounce", () => {
  expect(said("kind: rotary, pin_a: 5, pin_b: 6, debounce: 1s")).toEqual([]);
});
