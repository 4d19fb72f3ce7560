import { describe, expect, it } from "vitest";
import { checked } from "./checked.ts";

const devices = `devices:
  button: {kind: button, topic: button, pin: 22}
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  fan: {kind: relay, topic: home/fan, pin: 27}
  cellar: {kind: bme280, topic: cellar}
  blind: {kind: cover, topic: blind, open_pin: 5, close_pin: 6, open_time: 20s, close_time: 20s}
  mode: {kind: virtual, topic: mode, type: select, options: [home, away]}
  broken: {kind: relay, topic: home/broken, pin: x}
`;

/** What is wrong with one rule that is written as flow YAML in line 11, without what is wrong with the device `broken`. */
function problemsOf(rules: string, agent = "agent: {id: pi}"): readonly string[] {
  return checked(`${agent}\n${devices}rules:\n${rules}`).problems.filter((line) => !line.includes("devices.broken"));
}

const lamp = "then: {device: lamp, command: on}";
const press = "when: {device: button, event: single}";

describe("a rule that is right", () => {
  it.each([
    `{${press}, ${lamp}}`,
    `{when: [{device: lamp, state: on, for: 5m}, {broker: offline}], ${lamp}}`,
    `{when: {measure: blind.position, above: 50}, then: {device: blind, command: {position: 20}}}`,
    `{when: {device: blind, state: closed}, ${lamp}}`,
    `{when: {device: mode, state: away}, then: {device: mode, command: home}}`,
    `{when: {cron: "0 7 * * mon-fri"}, if: {not: {device: mode, state: away}}, ${lamp}}`,
    `{when: {time: "7:30"}, then: {publish: home/x, payload: "{{mode}} {{cellar.humidity}} {{lamp}}"}}`,
    `{when: {agent: start}, then: [{wait: 5s}, {stop: it}], mode: restart, name: It, enabled: false, home_assistant: true}`,
    // What is wrong with the device is told at the device.
    `{when: {device: broken, state: ON}, ${lamp}}`,
  ])("%s", (rule) => {
    expect(problemsOf(`  it: ${rule}`)).toEqual([]);
  });

  it("may be absent, and so may all of them", () => {
    expect(problemsOf("")).toEqual([]);
  });
});

describe("a wrong reference", () => {
  it.each([
    [
      `{when: {device: buton, event: single}, ${lamp}}`,
      '11:23  rules.it.when.device: there is no device "buton"; did you mean "button"?',
    ],
    [
      `{when: {device: button, event: singel}, ${lamp}}`,
      '11:38  rules.it.when.event: "button" tells no event "singel"; did you mean "single"?',
    ],
    [
      `{when: {device: lamp, event: single}, ${lamp}}`,
      '11:36  rules.it.when.event: "lamp" is a relay, which tells no events; write "state: …" with a word that it says',
    ],
    [
      `{when: {device: lamp, state: open}, ${lamp}}`,
      '11:36  rules.it.when.state: "lamp" is never "open"; it is ON or OFF',
    ],
    [
      `{when: {device: cellar, state: ON}, ${lamp}}`,
      '11:38  rules.it.when.state: "cellar" is a bme280, which says no such word; write "measure: cellar.temperature" with above or below',
    ],
    [
      `{when: {measure: cellar.temprature, below: 3}, ${lamp}}`,
      '11:24  rules.it.when.measure: "cellar" has no measure "temprature"; did you mean "temperature"?',
    ],
    [
      `{when: {measure: cellar, below: 3}, ${lamp}}`,
      '11:24  rules.it.when.measure: "cellar" says temperature and humidity and pressure; write which, such as cellar.temperature',
    ],
    [
      `{when: {measure: lamp, below: 3}, ${lamp}}`,
      '11:24  rules.it.when.measure: "lamp" is a relay, which says no number; name a sensor',
    ],
    [
      `{${press}, then: {device: lamp, command: opne}}`,
      '11:77  rules.it.then.command: "opne" is not a command for a relay; say on, off or toggle, 1 or 0, true or false',
    ],
    [
      `{${press}, then: {device: cellar, command: on}}`,
      '11:62  rules.it.then.device: "cellar" is a bme280, which takes no commands; name an output',
    ],
    [`{${press}, then: {stop: ti}}`, '11:60  rules.it.then.stop: there is no rule "ti"; did you mean "it"?'],
    [
      `{${press}, then: {publish: a, payload: "{{cellar.temprature}}"}}`,
      '11:75  rules.it.then.payload: "cellar" has no value "temprature"; did you mean "temperature"?',
    ],
    [
      `{${press}, then: {publish: a, payload: "{{cellar.temperature + 1}}"}}`,
      '11:75  rules.it.then.payload: "{{cellar.temperature + 1}}" names no value; write a device\'s id, a point and a value, such as {{cellar-climate.temperature}}; nothing is computed',
    ],
    [
      `{${press}, then: {publish: home/lamp/set, payload: on}}`,
      '11:63  rules.it.then.publish: "home/lamp/set" belongs to "lamp" of this agent; write "device: lamp" instead',
    ],
    [
      `{when: {topic: home/lamp/state}, ${lamp}}`,
      '11:22  rules.it.when.topic: "home/lamp/state" belongs to "lamp" of this agent; write "device: lamp" instead',
    ],
  ])("%s", (rule, problem) => {
    expect(problemsOf(`  it: ${rule}`)).toEqual([`devices.yaml:${problem}`]);
  });
});

describe("a wrong value", () => {
  it.each([
    [
      `{when: {time: "25:00"}, ${lamp}}`,
      '11:21  rules.it.when.time: "25:00" is not a time; write hours and minutes, such as "16:30"',
    ],
    [
      `{when: {cron: "61 * * * *"}, ${lamp}}`,
      '11:21  rules.it.when.cron: "61 * * * *" is no pattern of cron: Invalid value for minute: 61; write minute, hour, day, month and weekday, such as "0 7 * * mon-fri"',
    ],
    [
      `{when: {cron: "0 0 31 2 *"}, ${lamp}}`,
      '11:21  rules.it.when.cron: "0 0 31 2 *" is no pattern of cron: no day fits it; write minute, hour, day, month and weekday, such as "0 7 * * mon-fri"',
    ],
    [
      `{when: {sun: sunset}, ${lamp}}`,
      '11:20  rules.it.when.sun: the sun needs a place; add "location: {latitude: 48.85, longitude: 2.35}" below "agent:", with your own numbers',
    ],
    [
      `{${press}, if: {sun: above_horizon}, ${lamp}}`,
      '11:57  rules.it.if.sun: the sun needs a place; add "location: {latitude: 48.85, longitude: 2.35}" below "agent:", with your own numbers',
    ],
    [
      `{when: {device: lamp, state: ON, for: 5}, ${lamp}}`,
      '11:45  rules.it.when.for: "5" is not a duration; write its unit too, such as 5s for seconds',
    ],
    [
      `{when: {measure: cellar.temperature}, ${lamp}}`,
      '11:14  rules.it.when: where the number must be is missing; add "above: …", "below: …" or "between: [18, 22]"',
    ],
    [
      `{when: {measure: cellar.temperature, above: 5, below: 3}, ${lamp}}`,
      "11:51  rules.it.when.above: no number is above 5 and below 3; write the lower number for above",
    ],
    [
      `{when: {device: lamp}, ${lamp}}`,
      '11:14  rules.it.when: what of the device is missing; add "event: …", "state: …" or "availability: …"',
    ],
    [
      `{when: {tim: "3"}, ${lamp}}`,
      '11:14  rules.it.when: "tim" alone is not what sets a rule off; did you mean "time"?',
    ],
    [
      `{when: sunset, ${lamp}}`,
      '11:14  rules.it.when: "sunset" is not what sets a rule off; write, for example, {device: hall-button, event: single}',
    ],
    [
      `{${press}, if: {weekday: monday}, ${lamp}}`,
      '11:61  rules.it.if.weekday: "monday" is none of sun, mon, tue, wed, thu, fri, sat',
    ],
    [
      `{${press}, if: {time: {after: "8:00", before: "08:00"}}, ${lamp}}`,
      '11:58  rules.it.if.time: "{after: "8:00", before: "08:00"}" is no time at all; write two different times',
    ],
    [
      `{${press}, if: [], ${lamp}}`,
      "11:51  rules.it.if: is an empty list; write at least one condition or remove the line",
    ],
    [`{${press}, then: []}`, "11:53  rules.it.then: is an empty list; write at least one"],
    [`{${press}, mode: parallel, ${lamp}}`, '11:53  rules.it.mode: "parallel" is none of single, restart, queued'],
  ])("%s", (rule, problem) => {
    expect(problemsOf(`  it: ${rule}`)).toEqual([`devices.yaml:${problem}`]);
  });

  it("is told beside what is missing because of it", () => {
    expect(problemsOf(`  it: {wen: 1, ${lamp}}`)).toEqual([
      'devices.yaml:11:3  rules.it.when: is missing; write what sets the rule off, such as "when: {device: hall-button, event: single}"',
      'devices.yaml:11:8  rules.it.wen: there is no option "wen" for a rule; did you mean "when"?',
    ]);
  });

  it("is told for the place of the house and its time zone", () => {
    const agent = "agent: {id: pi, location: {latitude: 148, longitude: 2}, time_zone: Europe/Pari}";
    expect(problemsOf(`  it: {${press}, ${lamp}}`, agent)).toEqual([
      'devices.yaml:1:38  agent.location.latitude: "148" is too large; write at most 90',
      'devices.yaml:1:69  agent.time_zone: "Europe/Pari" is no time zone; write one such as Europe/Paris',
    ]);
  });
});

describe("rules that set each other off", () => {
  it("are a mistake if they never come to rest", () => {
    const rules = [
      "  a: {when: {device: lamp, state: ON}, then: {device: fan, command: on}}",
      "  b: {when: {device: fan, state: ON}, then: [{device: fan, command: off}, {device: lamp, command: off}]}",
      "  c: {when: {device: lamp, state: OFF}, then: {device: lamp, command: on}}",
    ];
    expect(problemsOf(rules.join("\n"))).toEqual([
      "devices.yaml:11:46  rules.a.then: the rules a > b > c > a would set each other off for ever; give one of them a condition, or take it out",
    ]);
  });

  it("are right if they come to rest", () => {
    const rules = [
      "  a: {when: {device: lamp, state: ON}, then: {device: fan, command: on}}",
      "  b: {when: {device: fan, state: ON}, then: {device: lamp, command: on}}",
      "  c: {when: {device: lamp, state: OFF}, then: {device: fan, command: off}}",
      "  d: {when: {device: fan, state: OFF}, then: {device: lamp, command: off}}",
    ];
    expect(problemsOf(rules.join("\n"))).toEqual([]);
  });
});

describe("what has nothing to do with outputs", () => {
  it("does not keep them from their rest", () => {
    const text = `${devices.replace("  broken: {kind: relay, topic: home/broken, pin: x}\n", "")}rules: {it: {when: nonsense}}`;
    expect(checked(text, { outputsOnly: true }).problems).toEqual([]);
  });
});
