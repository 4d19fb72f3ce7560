import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { rehearsed, steps } from "../fakes/homes/rehearsed.ts";

const house = `
agent: {id: pi, location: {latitude: 52.52, longitude: 13.405}, time_zone: Europe/Berlin}
devices:
  button: {kind: button, topic: button, pin: 22}
  lamp: {kind: relay, topic: lamp, pin: 17}
  porch: {kind: relay, topic: porch, pin: 27}
rules:
  hall:
    when: [{device: button, event: single}, {topic: home/bell, payload: pressed}]
    then: {device: lamp, command: toggle}
  night:
    when: {time: "02:30"}
    then: [{device: porch, command: on}, {publish: home/night, payload: "porch {{porch}}"}, {wait: 10m}, {device: porch, command: off}]
  alone:
    when: {broker: offline, for: 1m}
    then: {device: porch, command: on}
`;

const press = "set: {button: {to: closed, for: 100ms}}";

describe("a rehearsal with rules", () => {
  it("expects that a rule fires, or does not", async () => {
    const { failures } = await rehearsed(
      steps(
        `at: 1s, ${press}, fired: hall, not_fired: [night], within: 2s`,
        "at: 5s, not_fired: hall, expect: {lamp: ON}",
        "at: 6s, publish: {home/bell: pressed}, fired: hall, expect: {lamp: OFF}",
        "at: 7s, publish: {home/bell: released}, not_fired: hall",
        "at: 8s, broker: offline",
        "at: 9s, publish: {home/bell: pressed}, not_fired: hall",
        "at: 68s, fired: alone, expect: {porch: ON}",
        "at: 70s, broker: online",
        "at: 71s, publish: {home/bell: pressed}, fired: hall",
      ),
      house,
    );
    expect(failures).toEqual([]);
  });

  it("says what was not as expected", async () => {
    const { failures } = await rehearsed(
      steps(`at: 1s, ${press}, not_fired: hall, within: 3s`, "at: 5s, fired: [hall], published: {home/night: x}"),
      house,
    );
    expect(failures).toEqual(
      [
        "scenario.yaml:2:42  within 3 s from 1s: the rule hall should not have fired, but has",
        "scenario.yaml:3:24  at 5s: home/night should get x, but nothing was published there",
        "scenario.yaml:3:14  at 5s: the rule hall should have fired, but has not",
      ].map((line) => expect.stringContaining(line.replace(/^\S+ +/, ""))),
    );
  });

  it.each([
    // 02:00 becomes 03:00 on 29 March 2026: there is no half past two, so the rule fires at 03:00. The day before it was at 02:30.
    ["2026-03-28 02:00", ["30m", "1440m", "2850m"]],
    // 03:00 becomes 02:00 on 25 October 2026: half past two comes twice, and counts the first time.
    ["2026-10-24 02:00", ["30m", "1470m", "2970m"]],
  ])("goes through a night in which the clocks change, from %s", async (starts, times) => {
    const minutes = times.map((time) => Number.parseInt(time, 10));
    const lines = minutes.flatMap((at) => [
      `at: ${at * 60 - 1}s, not_fired: night`,
      `at: ${at}m, fired: night, published: {home/night: porch ON}, within: 1s`,
      `at: ${at + 10}m, expect: {porch: OFF}, within: 1s`,
    ]);
    const { failures, clock } = await rehearsed(`starts: "${starts}"\n${steps(...lines)}`, house);
    expect(failures).toEqual([]);
    expect(clock.now().getTime()).toBeGreaterThan(new Date(starts).getTime());
  });
});

describe("examples/house.yaml", () => {
  const folder = new URL("../../examples/", import.meta.url);
  const house = readFileSync(new URL("house.yaml", folder), "utf8");
  const scenarios = readdirSync(new URL("house-rules/", folder));

  it.each(scenarios)("does what house-rules/%s says", async (file) => {
    const scenario = readFileSync(new URL(`house-rules/${file}`, folder), "utf8");
    expect((await rehearsed(scenario, house)).failures).toEqual([]);
  });

  it("has a scenario for each rule, in which the rule fires", () => {
    const rules = Object.keys((parse(house) as { rules: object }).rules);
    for (const rule of rules) {
      const own = scenarios.filter((file) => file.startsWith(rule));
      const texts = own.map((file) => readFileSync(new URL(`house-rules/${file}`, folder), "utf8"));
      expect([rule, texts.some((text) => text.includes(` fired: ${rule}`))]).toEqual([rule, true]);
    }
  });
});
