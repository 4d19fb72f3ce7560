import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { kinds } from "../fakes/kinds.ts";

function problems(devices: readonly string[]): readonly string[] {
  const lines = devices.map((options, index) => `  r${index}: {kind: relay, topic: r${index}, ${options}}\n`);
  const known = { kinds, backends: [], environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(`devices:\n${lines.join("")}`), known).problems;
}

describe("the limits of an output", () => {
  it.each([
    ["min_on: 5m, max_on: 10m, auto_off: 6m, min_off: 3m, min_interval: 200ms"],
    ["pulse: 500ms, show_as: button"],
    ["initial: last"],
  ])("are taken: %s", (options) => {
    expect(problems([`pin: 17, ${options}`])).toEqual([]);
  });

  it.each([
    ["min_on: 10m, max_on: 5m", "min_on: is longer than max_on, after which the output goes off; shorten it"],
    ["min_on: 10m, auto_off: 5m", "min_on: is longer than auto_off, after which the output goes off; shorten it"],
    [
      "interlock_wait: 1s",
      "interlock: is missing, and interlock_wait belongs to it; name the group of devices of which never two are on",
    ],
    ["interlock: my motor", 'interlock: "my motor" is not the name of a group; write letters, digits, - and _'],
    ["auto_off: 10ms", 'auto_off: "10ms" is out of range; write a duration from 1s to 30d'],
    ["min_interval: 2h", 'min_interval: "2h" is out of range; write a duration from 50ms to 1h'],
    ["pulse: 500ms, initial: on", "initial: does not go with pulse, since a pulse comes only by a command"],
    ["pulse: 500ms, on_exit: keep", "on_exit: does not go with pulse, since a pulse comes only by a command"],
    ["on_exit: last", "on_exit:"],
  ])("are refused where they contradict each other: %s", (options, sentence) => {
    const found = problems([`pin: 17, ${options}`]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^devices\.yaml:2:\d+ /);
    expect(found[0]).toContain(`devices.r0.${sentence}`);
  });
});

describe("an interlock group", () => {
  const up = "pin: 17, interlock: motor";

  it("is taken where two devices name it", () => {
    expect(problems([up, "pin: 27, interlock: motor, interlock_wait: 2s"])).toEqual([]);
    expect(problems([`${up}, initial: last`, "pin: 27, interlock: motor, initial: on"])).toEqual([]);
  });

  it.each([
    [[up], 'no other device is in the interlock group "motor"; write the same name at each device'],
    [
      [up, "pin: 27, interlock: motor", "pin: 22, interlock: moter"],
      'devices.r2.interlock: no other device is in the interlock group "moter"; did you mean "motor"?',
    ],
    [
      [up, "pin: 27, interlock: motor, on_exit: keep"],
      "devices.r1.interlock: needs a device that is off while the agent does not run; remove on_exit or write on_exit: off",
    ],
    [
      [`${up}, initial: on`, "pin: 27, interlock: motor, initial: on"],
      'devices.r1.interlock: "r0" of this group is on at the start too; choose one of the two',
    ],
  ])("is refused where it cannot hold: %j", (devices, sentence) => {
    const found = problems(devices);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });
});
