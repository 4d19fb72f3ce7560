import { expect, it } from "vitest";
import { TickScale } from "../../src/gpio/pigpio/ticks.ts";

const wrap = 2 ** 32;

it("puts ticks on the clock's scale, before and after the comparison and across the end of 32 bits", () => {
  const ticks = new TickScale();
  ticks.compare(wrap - 1_000, 5_000, 5_002);
  expect(ticks.toMs(wrap - 3_000)).toBe(4_999);
  expect(ticks.toMs(1_000)).toBe(5_003);
});

it("takes a daemon's ticks with a sign for what they are", () => {
  const ticks = new TickScale();
  ticks.compare(-1_000, 5_000, 5_000);
  expect(ticks.toMs(wrap - 500)).toBe(5_000.5);
});

it("does not give up a sure comparison for one that took long, until it is old", () => {
  const ticks = new TickScale();
  ticks.compare(0, 1_000, 1_000);
  ticks.compare(60_000_000, 61_300, 61_400);
  expect(ticks.toMs(60_000_000)).toBe(61_000);
  ticks.compare(700_000_000, 701_100, 701_200);
  expect(ticks.toMs(700_000_000)).toBe(701_150);
});
