import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { checkScenario, readScenario } from "../../src/scenario/read.ts";
import { kinds } from "../fakes/kinds.ts";

const devicesYaml = `devices:
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  door: {kind: contact, topic: home/door, pin: 5}
  bell: {kind: contact, topic: home/bell, pin: 6, pull: none, active_low: true}
  climate: {kind: dht, topic: home/climate, pin: 4}
  shade: {kind: cover, topic: home/shade, open_pin: 22, close_pin: 23, open_time: 20s}
  strip: {kind: light, topic: home/strip, pin: 18}
  meter: {kind: counter, topic: home/meter, pin: 19}
`;

const bytes = (text: string) => new TextEncoder().encode(text);
const { config } = checkConfig("devices.yaml", bytes(devicesYaml), {
  kinds,
  backends: [],
  environment: {},
  hostname: "test",
});
const world = { devices: config?.devices ?? [] };
const check = (text: string, environment = {}) => checkScenario("s.yaml", bytes(text), world, environment);
const step = (line: string) => `steps:\n  - {at: 1s, ${line}}\n`;

/** What is wrong, the step's line, and every line that is said about it; the step begins with "at: 1s, " in column 6. */
const badSteps: [what: string, line: string, ...problems: string[]][] = [
  [
    "a tag of YAML",
    "command: {lamp: !secret on}",
    "s.yaml:2:30  steps.0.command.lamp: the tag !secret is not known here; write ${NAME} instead, and NAME=… into .env beside this file",
  ],
  [
    "quotes of a word processor",
    "set: {door: “open”}",
    "s.yaml:2:26  steps.0.set.door: here is the character “ (U+201C); write \" or ' instead, or nothing",
  ],
  [
    "a no-break space behind a colon",
    "set:\u00a0{door: open}",
    "s.yaml:2:18  here is a no-break space (U+00A0); type a plain space, or nothing, in its place",
  ],
  [
    "an unknown device",
    "set: {dor: ON}",
    's.yaml:2:20  steps.0.set.dor: there is no device "dor"; did you mean "door"?',
  ],
  [
    "a device that is like none",
    "expect: {garden: ON}",
    's.yaml:2:23  steps.0.expect.garden: there is no device "garden"; there are lamp, door, bell, climate, shade, strip, meter',
  ],
  [
    "an unknown measure",
    "set: {climate: {temprature: 20}}",
    's.yaml:2:30  steps.0.set.climate.temprature: there is no "temprature" for "climate"; did you mean "temperature"?',
  ],
  [
    "an unknown measure to expect",
    "expect: {climate: {presure: 20}}",
    's.yaml:2:33  steps.0.expect.climate.presure: there is no "presure" for "climate"; there are temperature, humidity',
  ],
  [
    "a value that is no number",
    "set: {climate: {humidity: wet}}",
    's.yaml:2:40  steps.0.set.climate.humidity: "wet" is not a number',
  ],
  [
    "a sensor without saying which value",
    "set: {climate: 20}",
    's.yaml:2:29  steps.0.set.climate: "20" is not enough; write which value, such as {temperature: …}',
  ],
  [
    "a word that is no level",
    "set: {door: clsed}",
    's.yaml:2:26  steps.0.set.door: "clsed" is none of ON, OFF, high, low, open, closed; did you mean "closed"?',
  ],
  [
    "an open contact that no resistor holds",
    "set: {bell: open}",
    's.yaml:2:26  steps.0.set.bell: "open" is none of ON, OFF, high, low',
  ],
  [
    "an output that is set",
    "set: {lamp: ON}",
    's.yaml:2:20  steps.0.set.lamp: a relay has nothing to set; send it a "command", or let its pin fail with "fault"',
  ],
  [
    "a fault that there is not",
    "fault: {lamp: EIOO}",
    's.yaml:2:28  steps.0.fault.lamp: "EIOO" is none of EIO, EBUSY, none; did you mean "EIO"?',
  ],
  [
    "a fault that the device cannot have",
    "fault: {lamp: gone, climate: EBUSY}",
    's.yaml:2:28  steps.0.fault.lamp: a relay cannot have "gone"; it can have EIO, EBUSY',
    's.yaml:2:43  steps.0.fault.climate: a dht cannot have "EBUSY"; it can have gone, EIO',
  ],
  [
    "a command to what takes none",
    "command: {door: on}",
    "s.yaml:2:24  steps.0.command.door: a contact takes no commands",
  ],
  [
    "a command that is not understood",
    "command: {lamp: {state: on, on_tim: 5}}",
    's.yaml:2:30  steps.0.command.lamp: "{state: on, on_tim: 5}" is not a command for a relay; there is no "on_tim" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted',
  ],
  [
    "a state that the device never has",
    "expect: {lamp: OON}",
    's.yaml:2:29  steps.0.expect.lamp: "OON" is none of ON, OFF, online, offline; did you mean "ON"?',
  ],
  [
    "a word that is none of a value's, which can be null",
    "expect: {shade: {state: closng}}",
    's.yaml:2:38  steps.0.expect.shade.state: "closng" is none of open, opening, closed, closing; did you mean "closing"?',
  ],
  [
    "a number where a value is a word",
    "expect: {strip: {state: 1}}",
    's.yaml:2:38  steps.0.expect.strip.state: "1" is none of ON, OFF',
  ],
  [
    "limits the wrong way round",
    "expect: {climate: {humidity: [60, 40]}}",
    's.yaml:2:43  steps.0.expect.climate.humidity: "[60, 40]" is not a value; write one, or the lowest and the highest, as [20, 25]',
  ],
  [
    "pulses that are no number",
    "set: {meter: {pulses: many}}",
    's.yaml:2:36  steps.0.set.meter.pulses: "many" is not a number of pulses; write one from 1 to 10000',
  ],
  [
    "half a pulse",
    "set: {meter: {pulses: 0.5, within: 10s}}",
    's.yaml:2:36  steps.0.set.meter.pulses: "0.5" is not a number of pulses; write one from 1 to 10000',
  ],
  [
    "pulses that end somewhere",
    "set: {meter: {pulses: 5, to: ON}}",
    's.yaml:2:39  steps.0.set.meter.to: there is no "to" for pulses; there are pulses, within',
  ],
  [
    "pulses without a unit of time",
    "set: {meter: {pulses: 5, within: 10}}",
    's.yaml:2:47  steps.0.set.meter.within: "10" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  [
    "too many bounces",
    "set: {door: {to: ON, bounces: 5000}}",
    's.yaml:2:44  steps.0.set.door.bounces: "5000" is not a number of bounces; write one from 0 to 1000',
  ],
  [
    "a time within which nothing is expected",
    "within: 5s",
    's.yaml:2:22  steps.0.within: belongs to "expect", which this step has not; remove it',
  ],
  [
    "a verb that is misspelt",
    "expct: {door: ON}",
    's.yaml:2:14  steps.0.expct: there is no "expct" for a step; did you mean "expect"?',
  ],
  [
    "a verb without a device",
    "set: door",
    's.yaml:2:19  steps.0.set: "door" names no device; write which, such as {office-door: …}',
  ],
];

const badFiles: [what: string, text: string, ...problems: string[]][] = [
  [
    "an empty file",
    "# nothing\n",
    's.yaml:1:1  the file is empty; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "a list",
    "- at: 5s\n",
    's.yaml:1:1  this is not a scenario; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "no steps",
    "until: 5s\n",
    's.yaml:1:1  steps: there are no steps; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "a step without a time",
    "steps:\n  - set: {door: ON}\n",
    's.yaml:2:5  steps.0: the step has no time; write "at: 5s", for example',
  ],
  [
    "a step that is a word",
    "steps:\n  - wait\n",
    's.yaml:2:5  steps.0: "wait" is not a step; write one such as "at: 5s" with "set: …" below it',
  ],
  [
    "a time without a unit",
    "steps:\n  - at: 5\n",
    's.yaml:2:9  steps.0.at: "5" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  [
    "a time beyond any patience",
    "steps:\n  - at: 4000d\n",
    's.yaml:2:9  steps.0.at: "4000d" is too long; write at most 3650d',
  ],
  [
    "time that goes backward",
    "steps:\n  - at: 90s\n  - at: 1m\n  - at: 2m\n",
    's.yaml:3:9  steps.1.at: "1m" is before the step above it, which is at 90s; put the steps in the order of their time',
  ],
  [
    "an end before the last expectation",
    "steps:\n  - {at: 5s, expect: {door: ON}, within: 10s}\nuntil: 10s\n",
    's.yaml:3:8  until: "10s" is before the end of the steps; write at least 15s',
  ],
  [
    "a section that is misspelt",
    "step:\n  - at: 5s\nsteps: []\n",
    's.yaml:1:1  step: there is no "step" for a scenario; did you mean "steps"?',
  ],
];

describe("a scenario that is wrong", () => {
  it.each(badSteps)("%s", (_what, line, ...problems) => {
    expect(check(step(line)).problems).toEqual(problems);
    expect(check(step(line)).scenario).toBeUndefined();
  });

  it.each(badFiles)("%s", (_what, text, ...problems) => {
    expect(check(text).problems).toEqual(problems);
    expect(check(text).scenario).toBeUndefined();
  });

  it("tells everything at once, in the order of the file", () => {
    const { problems } = check(`steps:
  - {at: 5s, set: {dor: ON, climate: {temprature: 1, humidity: x}}, fualt: {}}
  - {at: 1s, within: soon, expect: {lamp: ONN}}
untill: 5s
`);
    expect(problems.map((line) => line.split("  ")[0])).toEqual([
      "s.yaml:2:20",
      "s.yaml:2:39",
      "s.yaml:2:64",
      "s.yaml:2:69",
      "s.yaml:3:10",
      "s.yaml:3:22",
      "s.yaml:3:43",
      "s.yaml:4:1",
    ]);
  });

  it("is not there", () => {
    expect(readScenario("/nowhere/s.yaml", world, {}).problems).toEqual([
      "/nowhere/s.yaml cannot be read: there is no such file",
    ]);
  });
});

describe("a scenario that is right", () => {
  it("lets each thing happen at its time, and knows when it is over", () => {
    const { scenario, problems } = check(`steps:
  - at: 1s
    expect: {climate: {humidity: [40, 60]}}
    within: 1m
    set: {door: {to: off, bounces: 3}, climate: {temperature: {to: 30, over: 5m}}}
  - at: 2s
    command: {lamp: {state: ON, on_time: 5}}
    fault: {climate: gone, lamp: ebusy, door: none}
`);
    expect(problems).toEqual([]);
    expect(scenario).toMatchObject({ endMs: 301_000, stops: false });
    expect(scenario?.happenings).toMatchObject([
      { atMs: 1_000, at: "1s", device: "door", verb: "drive", pin: 5, level: 0, bounces: 3, withinMs: 10 },
      { device: "climate", verb: "measure", measure: "temperature", value: 30, overMs: 300_000 },
      { device: "climate", verb: "expect", wanted: { values: { humidity: { from: 40, to: 60 } } }, withinMs: 60_000 },
      { atMs: 2_000, device: "climate", verb: "fault", fault: "gone" },
      { device: "lamp", verb: "fault", fault: "EBUSY" },
      { device: "door", verb: "fault", fault: undefined },
      { device: "lamp", verb: "command", payload: '{"state":"ON","on_time":5}' },
    ]);
  });

  it("expects words of a value in any case, and null where a value may be unknown", () => {
    const { scenario, problems } = check(
      step("expect: {shade: {state: OPEN, position: [40, 60]}, strip: {state: on}, climate: {humidity: null}}"),
    );
    expect(problems).toEqual([]);
    expect(scenario?.happenings).toMatchObject([
      { device: "shade", wanted: { values: { state: "open", position: { from: 40, to: 60 } } } },
      { device: "strip", wanted: { values: { state: "ON" } } },
      { device: "climate", wanted: { values: { humidity: null } } },
    ]);
    const { problems: unknown } = check(step("expect: {shade: {state: null, position: null}}"));
    expect(unknown).toEqual([]);
  });

  it("is over when the last contact has come to rest", () => {
    expect(check(step("set: {door: {to: ON, bounces: 3, within: 2s}}")).scenario?.endMs).toBe(3_000);
  });

  it("says where each thing is written", () => {
    const { scenario } = check(step("set: {door: ON}, expect: {lamp: OFF}"));
    expect(scenario?.happenings.map(({ where }) => where)).toEqual(["s.yaml:2:20", "s.yaml:2:40"]);
  });

  it("stops where it says until", () => {
    expect(check("steps: []\nuntil: 2h\n").scenario).toEqual({ happenings: [], endMs: 7_200_000, stops: true });
  });

  it("expects a word or a value of a kind whose devices say either", () => {
    const devices = `devices:
  holiday: {kind: virtual, topic: holiday, type: switch}
  target: {kind: virtual, topic: target, type: number}
`;
    const known = { kinds, backends: [], environment: {}, hostname: "test" };
    const virtual = { devices: checkConfig("devices.yaml", bytes(devices), known).config?.devices ?? [] };
    const read = (line: string) => checkScenario("s.yaml", bytes(step(line)), virtual, {});
    const { scenario } = read("expect: {holiday: on, target: {value: [20, 22]}}");
    expect(scenario?.happenings).toMatchObject([
      { device: "holiday", wanted: { word: "ON" } },
      { device: "target", wanted: { values: { value: { from: 20, to: 22 } } } },
    ]);
    expect(read("expect: {holiday: away}").problems).toEqual([
      's.yaml:2:32  steps.0.expect.holiday: "away" is none of ON, OFF, online, offline',
    ]);
  });

  it("takes variables as devices.yaml does", () => {
    const { scenario } = check("steps:\n  - at: ${BEGINNING}\n    set: {door: ON}\n", { BEGINNING: "7s" });
    expect(scenario?.happenings).toMatchObject([{ atMs: 7_000, at: "${BEGINNING}" }]);
    expect(check("steps:\n  - at: ${BEGINNING}\n").problems.join()).toContain("the variable ${BEGINNING} is not set");
  });
});
