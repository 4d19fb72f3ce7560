import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";

/** Eight more devices below what is not closed. */
const more = Array.from(
  { length: 8 },
  (_, index) => `  more-${index}:\n    kind: cpu_temperature\n    topic: more/${index}\n`,
);
const below = more.join("");

describe("what stands in a bracket is told where it is not indented enough", () => {
  it.each([
    ["a brace below its key's beginning", "devices:\n  it: {\n    kind: relay\n}\n", "4:1", "{ of line 2"],
    ["settings", "devices:\n  it: {\n  kind: relay,\n  topic: a\n  }\n", "3:3", "{ of line 2"],
    ["a device", 'devices: {\nit: {kind: relay, topic: "}"},\n}\n', "2:1", "{ of line 1"],
    ["pins", `gpio:\n  force_pins: [ # 0 ]\n  0,\n  1\n  ]\ndevices:\n${below}`, "3:3", "[ of line 2"],
  ])("%s", (_what, yaml, place, bracket) => {
    expect(checked(yaml).problems).toEqual([
      `devices.yaml:${place}  this belongs into the ${bracket}; indent it further than that line`,
    ]);
  });

  it("but not a brace in the column of its key", () => {
    expect(checked("devices:\n  it: {\n    kind: relay, topic: a, pin: 17\n  }\n").problems).toEqual([]);
  });
});

describe("what is not closed is told where it begins", () => {
  it.each([
    ["a quote", `devices:\n  it:\n    kind: relay\n    topic: "home/lamp\n    pin: 17\n${below}`, '4:12  the " here'],
    [
      "a single quote",
      `devices:\n  it:\n    kind: relay\n    topic: 'home/lamp\n    pin: 17\n${below}`,
      "4:12  the ' here",
    ],
    [
      "a quote that another one seems to close",
      `devices:\n  it:\n    topic: "home/lamp\n    name: "Lamp"\n    kind: relay\n${below}`,
      '3:12  the " here',
    ],
    ["a quote around a key", `devices:\n  "it:\n    kind: relay\n${below}`, '2:3  the " here'],
    ["a quote in braces", `devices:\n  it: {topic: "home/lamp, kind: relay, pin: 17}\n${below}`, '2:15  the " here'],
    ["a brace", `devices:\n  it: {kind: relay, topic: home/lamp, pin: 17\n${below}`, "2:7  the { here"],
    [
      "a brace before others that are",
      "devices:\n  it: {kind: relay, topic: a\n  fan: {kind: relay, topic: b, pin: 17}\n",
      "2:7  the { here",
    ],
    ["a bracket", `gpio:\n  force_pins: [0, 1\ndevices:\n${below}`, "2:15  the [ here"],
    ["a bracket in closed braces", `gpio: {force_pins: [0, 1}\ndevices:\n${below}`, "1:20  the [ here"],
    [
      "a bracket behind a text with brackets",
      `gpio: {chip: "[[{", force_pins: [0, 1}\ndevices:\n${below}`,
      "1:33  the [ here",
    ],
  ])("%s", (_what, yaml, where) => {
    const opened = where.charAt(where.indexOf("the ") + 4);
    const closed = { "{": "}", "[": "]" }[opened] ?? opened;
    expect(checked(yaml).problems).toEqual([`devices.yaml:${where} is not closed; close it with ${closed}`]);
  });
});
