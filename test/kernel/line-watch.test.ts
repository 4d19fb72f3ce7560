import { describe, expect, it } from "vitest";
import { faultsIn, type LineChange, reversalsIn } from "./line-watch.ts";

const rules = { on: 1, pauseMs: 100 } as const;
const record = (...changes: readonly [line: number, level: 0 | 1, atMs: number][]): readonly LineChange[] =>
  changes.map(([line, level, atMs]) => ({ line, level, atMs }));

describe("a record of two lines", () => {
  it.each([
    ["nothing happened", record()],
    ["one follows the other after the pause", record([5, 1, 0], [5, 0, 10], [6, 1, 110], [6, 0, 120])],
    ["one goes on again at once", record([5, 1, 0], [5, 0, 10], [5, 1, 11])],
  ])("is right where %s", (_what, changes) => {
    expect(faultsIn(changes, rules)).toEqual([]);
  });

  it.each([
    ["both are on", record([5, 1, 0], [6, 1, 500]), "line 6 went on at 500 ms while line 5 was on"],
    [
      "one follows too soon",
      record([5, 1, 0], [5, 0, 10], [6, 1, 109.5]),
      "line 6 went on 99.5 ms after line 5 went off",
    ],
  ])("is wrong where %s", (_what, changes, fault) => {
    expect(faultsIn(changes, rules)).toEqual([fault]);
  });

  it("tells how often it went the other way", () => {
    const changes = record([5, 1, 0], [5, 0, 1], [5, 1, 2], [5, 0, 3], [6, 1, 200], [6, 0, 300], [5, 1, 400]);
    expect(reversalsIn(changes, rules)).toBe(2);
  });
});
