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
])("refuses %s", (settings, sentence) => {
  expect(said(settings)).toEqual([expect.stringContaining(sentence)]);
});

it("lets a button that tells no double have any debounce", () => {
  expect(said("kind: button, pin: 5, debounce: 1s, presses: 1")).toEqual([]);
});
