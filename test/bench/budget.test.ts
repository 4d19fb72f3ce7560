import { describe, expect, it } from "vitest";
import { better, losses, type Measure, measuredOf } from "../../scripts/bench/results/budget.ts";

const files: Measure = { id: "files", of: "value" };
const one = (committed: number, measured: number, measure: Measure = files) =>
  losses([measure], { files: committed }, { files: measured });

describe("the budget", () => {
  it.each([
    [100, 100],
    [100, 125],
    [100, 20],
    [1.04, 1.3],
  ])("allows a quarter more: %s may become %s", (committed, measured) =>
    expect(one(committed, measured).lost).toEqual([]),
  );

  it.each([
    [100, 126],
    [1.04, 1.31],
    [0, 0.1],
    [100, Number.NaN],
  ])("fails on a greater loss: %s may not become %s", (committed, measured) => {
    expect(one(committed, measured).lost).not.toEqual([]);
    expect(one(committed, measured).lines[0]).toContain("FAILED");
  });

  it.each([
    [0, 4, false],
    [-3, 1, false],
    [0, 4.1, true],
    [100, 125, false],
  ])("with a slack of 4, %s that becomes %s fails: %s", (committed, measured, failed) =>
    expect(one(committed, measured, { ...files, slack: 4 }).lost.length > 0).toBe(failed),
  );

  it("one loss among others is enough", () => {
    const measures: Measure[] = [files, { id: "size", of: "value" }];
    expect(losses(measures, { files: 10, size: 10 }, { files: 10, size: 20 }).lost).not.toEqual([]);
  });

  it("passes over what this machine cannot measure", () =>
    expect(losses([files], { files: 10 }, {})).toEqual({ lost: [], lines: ["files: cannot be measured here"] }));

  it("fails where nothing is committed, so that a new measure is not forgotten", () =>
    expect(losses([files], {}, { files: 10 }).lost).not.toEqual([]));
});

it("takes the ratio of some rows and the value of others", () => {
  const row = { title: "", decimals: 0, values: { agent: 3, "echo-q1": 2 }, floor: "echo-q1" } as const;
  const measures: Measure[] = [
    { id: "a", of: "ratio" },
    { id: "b", of: "value" },
    { id: "c", of: "value" },
  ];
  const rows = [
    { ...row, id: "a" },
    { ...row, id: "b" },
  ];
  expect(measuredOf(measures, rows)).toEqual({ a: 1.5, b: 3 });
});

it("keeps the better of two measurements", () =>
  expect(better({ files: 10, size: 3 }, { files: 12, size: 2, time: 5 })).toEqual({ files: 10, size: 2, time: 5 }));
