import { describe, expect, it } from "vitest";
import { isMet, type Row, ratioOf } from "../../scripts/bench/results/row.ts";
import { markdownTable } from "../../scripts/bench/results/table.ts";

const start: Row = {
  id: "start",
  title: "start, ms",
  decimals: 0,
  values: { agent: 90, "echo-q0": 120.4 },
  floor: "echo-q0",
  goal: { of: "ratio", most: 0.8 },
};
const wrong: Row = { id: "wrong", title: "wrong", decimals: 1, values: { agent: 0 }, goal: { of: "value", most: 0 } };

it("has a line for each figure and a column for each contestant that was measured", () => {
  expect(markdownTable([start, wrong])).toBe(
    [
      "| figure    | pi2mqtt | echo QoS 0 | ratio to          | goal          | met |",
      "| --------- | ------- | ---------- | ----------------- | ------------- | --- |",
      "| start, ms | 90      | 120        | 0.75 x echo QoS 0 | at most 0.8 x | yes |",
      "| wrong     | 0.0     |            |                   | at most 0     | yes |",
    ].join("\n"),
  );
});

describe("a goal", () => {
  it.each([
    ["at most, reached exactly", { of: "value", most: 90 }, true],
    ["at most, missed", { of: "value", most: 89 }, false],
    ["at least, reached", { of: "ratio", least: 0.7 }, true],
    ["at least, missed", { of: "ratio", least: 0.8 }, false],
  ] as const)("%s", (_case, goal, met) => expect(isMet({ ...start, goal })).toBe(met));

  it("is open where the floor was not measured", () => {
    const alone = { ...start, values: { agent: 90 } };
    expect(ratioOf(alone)).toBeUndefined();
    expect(isMet(alone)).toBeUndefined();
  });

  it("is open where the agent was not measured", () =>
    expect(isMet({ ...start, values: { "echo-q0": 120 } })).toBeUndefined());
});
