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
])("refuses %s", (settings, sentence) => {
  expect(said(settings)).toEqual([expect.stringContaining(sentence)]);
});

it("lets a button that tells no double have any debounce", () => {
  expect(said("kind: button, pin: 5, debounce: 1s, presses: 1")).toEqual([]);
});
