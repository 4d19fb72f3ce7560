import { describe, expect, it } from "vitest";
import { median, percentile } from "../../scripts/bench/load/numbers.ts";

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_one, index) => 100 - index);

  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])("is the nearest rank: %s of 1 to 100 is %s", (share, value) => expect(percentile(hundred, share)).toBe(value));

  it("sorts by size and not as text", () => expect(percentile([9, 10, 100, 1_000, 8], 0.5)).toBe(10));

  it("leaves the list as it was", () => {
    const list = [3, 1, 2];
    percentile(list, 0.5);
    median(list);
    expect(list).toEqual([3, 1, 2]);
  });

  it("is not a number where there are no values", () => expect(percentile([], 0.5)).toBeNaN());
});

describe("median", () => {
  it.each([
    [[5], 5],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[], Number.NaN],
  ])("of %j is %s", (values, middle) => expect(median(values)).toBe(middle));
});
