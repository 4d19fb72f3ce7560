import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

function check(devices: string, environment: Record<string, string> = {}) {
  const known = { kinds, backends, environment, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(`devices:\n${devices}`), known);
}

describe("an id that YAML takes for a number, true or false", () => {
  it.each(["1", "0x11", "true", "1.0"])("%s leads to its wrong value", (id) => {
    const { problems } = check(`  ${id}: {kind: relay, topic: t, pin: abc}\n`);
    const column = 3 + `${id}: {kind: relay, topic: t, pin: `.length;
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(`devices.yaml:2:${column}  `);
    expect(problems[0]).toMatch('.pin: "abc" is not a pin');
  });

  it("leads to its misspelt kind and its misspelt option", () => {
    expect(
      check("  1: {kind: relais, topic: t}\n  2: {kind: relay, topic: a, pin: 5, activ_low: true}\n").problems,
    ).toEqual([
      'devices.yaml:2:13  devices.1.kind: there is no kind "relais"; did you mean "relay"?',
      'devices.yaml:3:38  devices.2.activ_low: there is no option "activ_low" for the kind relay; did you mean "active_low"?',
    ]);
  });

  it("may have a variable where true or false belongs", () => {
    const { config, problems } = check("  17: {kind: relay, topic: t, pin: 17, active_low: '${A}'}\n", { A: "true" });
    expect(problems).toEqual([]);
    expect(config?.devices[0]).toMatchObject({ id: "17", options: { active_low: true } });
  });

  it("is the same id in quotes", () => {
    expect(
      check("  1: {kind: cpu_temperature, topic: a}\n  '1': {kind: cpu_temperature, topic: b}\n").problems,
    ).toEqual(['devices.yaml:3:3  devices.1: the id "1" is used twice, first in line 2; give each device its own']);
  });
});

it.each(["", "~", "null"])("refuses a device without a name, written %j", (id) => {
  expect(check(`  ${id}: {kind: cpu_temperature, topic: t}\n`).problems).toEqual([
    'devices.yaml:2:3  devices.: "" is not an id; write letters, digits, - and _, at most 64 of them',
  ]);
});

it("has a device called null, in quotes", () => {
  expect(check('  "null": {kind: cpu_temperature, topic: t}\n').config?.devices[0]?.id).toBe("null");
});

describe("a merge (<<)", () => {
  it("takes in the settings of a group", () => {
    const { config } = check("  a: {<<: {kind: cpu_temperature}, topic: t}\n");
    expect(config?.devices[0]).toMatchObject({ id: "a", topic: "t" });
  });

  it.each([
    ["a number", "  a: &a {kind: cpu_temperature, topic: t}\n  b: {<<: *a, topic: u}\n  c: {<<: 5}\n", "4:7"],
    ["an alias of a text", "  a: {topic: &t home/a}\n  b: {<<: *t}\n", "3:7"],
    ["a list with a number", "  a: &a {kind: cpu_temperature, topic: t}\n  b: {<<: [*a, 5]}\n", "3:7"],
    ["a list that is in itself", "  a: {<<: &a [*a]}\n", "2:7"],
  ])("of %s is refused where it stands", (_what, devices, place) => {
    expect(check(devices).problems).toEqual([
      `devices.yaml:${place}  << takes in the settings of another group, and none stands behind it here; write an alias (*) of one`,
    ]);
  });
});

it("points to the alias that has no anchor, not to one before it", () => {
  expect(check("  a: &a {kind: cpu_temperature, topic: t}\n  b: *a\n  c: *d\n").problems).toEqual([
    "devices.yaml:4:6  an alias (*) has no anchor (&) before it; write the value out",
  ]);
});
