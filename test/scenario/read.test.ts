import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { checkScenario, readScenario } from "../../src/scenario/read.ts";
import { kinds } from "../fakes/kinds.ts";
import { badFiles, badSteps } from "./bad-scenarios.ts";

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
    const known = { kinds, checkRules, backends: [], environment: {}, hostname: "test" };
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

  it("expects what the options of a sensor add: derived measures, its quality, and measures that its owner named", () => {
    const devices = `devices:
  attic: {kind: bme280, topic: attic, derive: [dew_point], quality: true}
  hall: {kind: bme280, topic: hall}
  hut: {kind: ads1115, topic: hut, channels: {battery: {input: 0}}}
`;
    const known = { kinds, checkRules, backends: [], environment: {}, hostname: "test" };
    const sensors = { devices: checkConfig("devices.yaml", bytes(devices), known).config?.devices ?? [] };
    const read = (line: string) => checkScenario("s.yaml", bytes(step(line)), sensors, {});
    const { scenario } = read(
      "expect: {attic: {dew_point: 9, quality: SUSPECT, reason: null}, hut: {battery: [2, 3]}}",
    );
    expect(scenario?.happenings).toMatchObject([
      { device: "attic", wanted: { values: { dew_point: 9, quality: "suspect", reason: null } } },
      { device: "hut", wanted: { values: { battery: { from: 2, to: 3 } } } },
    ]);
    expect(read("expect: {hall: {dew_point: 9}, hut: {batery: 2}, attic: {quality: bad}}").problems).toEqual([
      's.yaml:2:30  steps.0.expect.hall.dew_point: there is no "dew_point" for "hall"; there are temperature, humidity, pressure',
      's.yaml:2:51  steps.0.expect.hut.batery: there is no "batery" for "hut"; did you mean "battery"?',
      's.yaml:2:80  steps.0.expect.attic.quality: "bad" is none of good, suspect',
    ]);
  });

  it("takes variables as devices.yaml does", () => {
    const { scenario } = check("steps:\n  - at: ${BEGINNING}\n    set: {door: ON}\n", { BEGINNING: "7s" });
    expect(scenario?.happenings).toMatchObject([{ atMs: 7_000, at: "${BEGINNING}" }]);
    expect(check("steps:\n  - at: ${BEGINNING}\n").problems.join()).toContain("the variable ${BEGINNING} is not set");
  });
});
