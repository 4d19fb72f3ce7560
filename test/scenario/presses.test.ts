import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkConfig } from "../../src/config/check.ts";
import { pin } from "../../src/core/pin.ts";
import { checkScenario } from "../../src/scenario/read.ts";
import { kinds } from "../fakes/kinds.ts";
import { probe } from "../fakes/probe.ts";

const knob = probe({
  kind: "knob",
  options: {
    pin_a: pin("One contact.", "input", { activeLow: true }),
    pin_b: pin("The other contact.", "input"),
  },
  pretend: { encoder: { a: "pin_a", b: "pin_b" } },
  state: z.strictObject({ colour: z.strictObject({ red: z.number(), name: z.enum(["dark", "light"]) }).nullable() }),
});

/** A kind whose devices say a word or values. */
const either = probe({
  kind: "either",
  state: z.union([z.enum(["ON", "OFF"]), z.strictObject({ value: z.number() })]),
});

const bytes = (text: string) => new TextEncoder().encode(text);
const devicesYaml = `devices:
  bell: {kind: button, topic: bell, pin: 5, presses: 1}
  door: {kind: contact, topic: door, pin: 6}
  lamp: {kind: relay, topic: lamp, pin: 17}
  knob: {kind: knob, topic: knob, pin_a: 22, pin_b: 23}
  mode: {kind: either, topic: mode}
`;
const known = { kinds: [...kinds, knob, either], backends: [], environment: {}, hostname: "test" };
const { config } = checkConfig("devices.yaml", bytes(devicesYaml), known);
const check = (line: string) =>
  checkScenario("s.yaml", bytes(`steps:\n  - {at: 1s, ${line}}\n`), { devices: config?.devices ?? [] }, {});

describe("a step that is wrong", () => {
  it.each([
    [
      "a press without a unit of time",
      "set: {bell: {to: ON, for: 2}}",
      's.yaml:2:40  steps.0.set.bell.for: "2" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
    ],
    [
      "pulses that are held",
      "set: {bell: {pulses: 2, for: 2s}}",
      's.yaml:2:38  steps.0.set.bell.for: there is no "for" for pulses; there are pulses, within',
    ],
    [
      "a turn of what does not turn",
      "set: {bell: {turn: 2}}",
      's.yaml:2:26  steps.0.set.bell: where to is missing; write "to:" and one of ON, OFF, high, low, open, closed',
      's.yaml:2:27  steps.0.set.bell.turn: there is no "turn" for an input; there are to, for, bounces, pulses, within',
    ],
    [
      "half a notch",
      "set: {knob: {turn: 0.5}}",
      's.yaml:2:33  steps.0.set.knob.turn: "0.5" is not a number of notches; write one from 1 to 1000, or from -1 to -1000 for backward',
    ],
    [
      "no notch",
      "set: {knob: {turn: {by: 0}}}",
      's.yaml:2:38  steps.0.set.knob.turn.by: "0" is not a number of notches; write one from 1 to 1000, or from -1 to -1000 for backward',
    ],
    [
      "a turn without a number",
      "set: {knob: {turn: {within: 1s}}}",
      's.yaml:2:33  steps.0.set.knob.turn: how far is missing; write "by: 3", for example',
    ],
    [
      "a turn with something else",
      "set: {knob: {turn: {by: 3, whithin: 1s}}}",
      's.yaml:2:41  steps.0.set.knob.turn.whithin: there is no "whithin" for a turn; did you mean "within"?',
    ],
    [
      "an event that the button does not tell",
      "expect: {bell: {action: double}}",
      's.yaml:2:38  steps.0.expect.bell.action: "double" is none of single, long, long_release',
    ],
    [
      "an event that there is not",
      "expect: {bell: {action: single, acton: single}}",
      's.yaml:2:46  steps.0.expect.bell.acton: there is no "acton" for "bell"; did you mean "action"?',
    ],
    [
      "values of a device that says a word",
      "expect: {door: {state: ON}}",
      "s.yaml:2:29  steps.0.expect.door: a contact says one word; write it, or online or offline",
    ],
    [
      "an answer of what takes no commands",
      "expect: {bell: {action: single, answer: {accepted: true}}}",
      's.yaml:2:46  steps.0.expect.bell.answer: there is no "answer" for "bell"; there are action',
    ],
    [
      "an answer that is a word",
      "expect: {lamp: {answer: refused}}",
      's.yaml:2:38  steps.0.expect.lamp.answer: "refused" is not an answer; write its values, such as {accepted: false}',
    ],
    [
      "a value that answers do not have",
      "expect: {lamp: {answer: {resaon: interlock}}}",
      's.yaml:2:39  steps.0.expect.lamp.answer.resaon: there is no "resaon" for an answer; did you mean "reason"?',
    ],
    [
      "a value that a group does not have",
      "expect: {knob: {colour: {blue: 1, name: drak}}}",
      's.yaml:2:39  steps.0.expect.knob.colour.blue: there is no "blue" for this value; there are red, name',
      's.yaml:2:54  steps.0.expect.knob.colour.name: "drak" is none of dark, light; did you mean "dark"?',
    ],
  ])("%s", (_what, line, ...problems) => {
    expect(check(line).problems).toEqual(problems);
    expect(check(line).scenario).toBeUndefined();
  });
});

describe("a step that is right", () => {
  it("holds a press, and is over when it ends", () => {
    const { scenario } = check("set: {bell: {to: ON, bounces: 2, within: 20ms, for: 2s}}");
    expect(scenario?.happenings).toMatchObject([{ verb: "drive", pin: 5, level: 0, withinMs: 20, forMs: 2_000 }]);
    expect(scenario?.endMs).toBe(3_020);
  });

  it("turns an encoder by its two inputs, each with its polarity", () => {
    const { scenario } = check("set: {knob: {turn: -3}}");
    const inputs = [
      { pin: 22, closedLevel: 0 },
      { pin: 23, closedLevel: 1 },
    ];
    expect(scenario?.happenings).toMatchObject([{ verb: "turn", inputs, notches: -3, withinMs: 300 }]);
    expect(scenario?.endMs).toBe(1_300);
  });

  it("expects a word or values of what says either", () => {
    const wanted = (line: string) => check(line).scenario?.happenings.map((one) => one.verb === "expect" && one.wanted);
    expect(wanted("expect: {mode: on}")).toEqual([{ word: "ON" }]);
    expect(wanted("expect: {mode: {value: 3}}")).toEqual([{ values: { value: 3 } }]);
    expect(check("expect: {mode: onn}").problems).toEqual([
      's.yaml:2:29  steps.0.expect.mode: "onn" is none of ON, OFF, online, offline; did you mean "ON"?',
    ]);
  });

  it("expects an event in any case, an answer, and groups of values", () => {
    const line =
      "expect: {bell: {action: Single}, lamp: {answer: {waits_for: min_off, wait: [1, 9]}}, knob: {colour: {red: [1, 2]}}}";
    const { scenario, problems } = check(line);
    expect(problems).toEqual([]);
    expect(scenario?.happenings.map((one) => one.verb === "expect" && one.wanted)).toEqual([
      { event: "action", type: "single" },
      { answer: { waits_for: "min_off", wait: { from: 1, to: 9 } } },
      { values: { colour: { values: { red: { from: 1, to: 2 } } } } },
    ]);
  });
});
