import { describe, expect, it } from "vitest";
import { verdictOf } from "../../scripts/bench/results/growth.ts";

const at = [10, 20, 50, 100, 200, 500, 1000];
const verdict = (cost: (x: number, index: number) => number) =>
  verdictOf({
    id: "a",
    title: "A",
    across: "things",
    unit: "MB",
    at,
    series: [{ title: "agent", costs: at.map(cost) }],
  });
/** Up to 4 % more or less, without a pattern. */
const noise = [1.03, 0.97, 1.04, 0.98, 0.96, 1.02, 1.01];

describe("how a cost grows", () => {
  it.each([
    ["a straight line", (x: number) => 50 + 0.02 * x, 1],
    ["a straight line from nothing", (x: number) => x, 1],
    ["a root", (x: number) => 10 + Math.sqrt(x), 0.5],
  ])("%s is linear or better", (_case, cost, exponent) => {
    expect(verdict(cost).isLinearOrBetter).toBe(true);
    expect(verdict(cost).exponent).toBeCloseTo(exponent, 1);
  });

  it("noise does not make a straight line look worse", () =>
    expect(verdict((x, index) => (50 + 0.1 * x) * (noise[index] ?? 1)).isLinearOrBetter).toBe(true));

  it("one step of the garbage collector does not make a cost look worse", () =>
    expect(verdict((x) => (x > 500 ? 95 : 60 + x / 50)).isLinearOrBetter).toBe(true));

  it("n log n passes", () => expect(verdict((x) => x * Math.log2(x)).isLinearOrBetter).toBe(true));

  it.each([
    ["a square", (x: number) => x * x, 2],
    ["a square above a large base", (x: number) => 50 + (x * x) / 2_000, 2],
    ["a line that turns into a square", (x: number) => x + (x * x) / 100, undefined],
  ])("%s is worse than linear", (_case, cost, exponent) => {
    expect(verdict(cost).isLinearOrBetter).toBe(false);
    if (exponent !== undefined) expect(verdict(cost).exponent).toBeCloseTo(exponent, 1);
  });

  it("a square with noise is worse than linear", () =>
    expect(verdict((x, index) => x * x * (noise[index] ?? 1)).isLinearOrBetter).toBe(false));

  it("a cost that only trembles does not grow", () =>
    expect(verdict((_x, index) => 50 + (index % 2))).toMatchObject({ exponent: 0, isLinearOrBetter: true }));

  it("a cost that was not measured does not pass", () =>
    expect(verdict((x) => (x === 500 ? Number.NaN : x)).isLinearOrBetter).toBe(false));

  it("one more costs the difference of the ends by their distance", () =>
    expect(verdict((x) => 50 + 0.02 * x).perOne).toBeCloseTo(0.02, 6));
});
