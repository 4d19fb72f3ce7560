import { describe, expect, it } from "vitest";
import { chained, longestGap, through } from "../fakes/filtered.ts";

const _ = undefined;

/** Worked out by hand, by esphome.io/components/sensor/filter and esphome/components/sensor/filter.cpp. */
describe("a filter that changes values does what ESPHome's of this name does", () => {
  it.each([
    ["[{offset: -0.5}]", [20, 21], [19.5, 20.5]],
    ["[{multiply: 2}]", [1, 2], [2, 4]],
    [
      "[{calibrate_linear: {method: exact, datapoints: ['0 -> 1', '10 -> 11', '20 -> 41']}}]",
      [-2, 0, 5, 10, 15, 30],
      [-1, 1, 6, 11, 26, 71],
    ],
    // The points (0, 1), (1, 3) and (2, 8): the line of least squares is 0.5 + 3.5 x.
    ["[{calibrate_linear: ['0 -> 1', '1 -> 3', {from: 2, to: 8}]}]", [0, 2, 10], [0.5, 7.5, 35.5]],
    // Through (0, 1), (1, 2) and (2, 5) goes 1 + x².
    ["[{calibrate_polynomial: {degree: 2, datapoints: ['0 -> 1', '1 -> 2', '2 -> 5']}}]", [0, 3, -2], [1, 10, 5]],
    ["[{map_linear: ['0.5 -> 0', '2.5 -> 40', '4.5 -> 100']}]", [0, 0.5, 1.5, 3.5, 4.5, 5], [0, 0, 20, 70, 100, 100]],
    ["[{lookup: ['0 -> 10', '1.5 -> 20', '2.5 -> 30']}]", [-1, 0, 1.4, 1.5, 99], [10, 10, 10, 20, 30]],
    ["[{clamp: {min_value: 10, max_value: 20}}]", [9, 10, 15, 21], [10, 10, 15, 20]],
    ["[{clamp: {max_value: 20}}]", [-99, 21], [-99, 20]],
    ["[{clamp: {min_value: 10, max_value: 20, ignore_out_of_range: true}}]", [9, 10, 21], [_, 10, _]],
    ["[{round: 1}]", [1.25, -1.25, 0.04, 7], [1.3, -1.3, 0, 7]],
    ["[{round: {accuracy_decimals: 2}}]", [1.005, 2.71999], [1.01, 2.72]],
    ["[{round_to_multiple_of: 0.5}]", [1.2, 1.3, 1.25, 1.75, -1.3], [1, 1.5, 1, 2, -1.5]],
    ["[{round_to_significant_digits: 2}]", [1234, 0.01234, -98.7], [1200, 0.012, -99]],
  ])("%s", (filters, values, expected) => {
    const made = through(filters, values);
    for (const [index, value] of made.entries())
      if (expected[index] === undefined) expect(value).toBeUndefined();
      else expect(value).toBeCloseTo(expected[index] as number, 9);
    expect(made).toHaveLength(expected.length);
  });
});

describe("a filter of several values does what ESPHome's of this name does", () => {
  const seven = [3, 1, 2, 9, 4, 8, 7];
  it.each([
    // Said at the first value, and at each fifth after that: of 3 alone, and of 1, 2, 9, 4, 8.
    ["[{min: {}}]", seven, [3, _, _, _, _, 1, _]],
    ["[{max: {}}]", seven, [3, _, _, _, _, 9, _]],
    ["[{quantile: {}}]", seven, [3, _, _, _, _, 9, _]],
    ["[{quantile: {quantile: 0.4}}]", seven, [3, _, _, _, _, 2, _]],
    ["[{median: {send_every: 5}}]", seven, [3, _, _, _, _, 4, _]],
    ["[{median: {window_size: 4, send_every: 4, send_first_at: 4}}]", seven, [_, _, _, 2.5, _, _, _]],
    ["[{min: {window_size: 2, send_every: 1}}]", seven, [3, 1, 1, 2, 4, 4, 7]],
    ["[{max: {window_size: 3, send_every: 2, send_first_at: 2}}]", seven, [_, 3, _, 9, _, 9, _]],
    [
      "[{sliding_window_moving_average: {window_size: 2, send_every: 3, send_first_at: 3}}]",
      seven,
      [_, _, 1.5, _, _, 6, _],
    ],
    ["[{exponential_moving_average: {alpha: 0.5, send_every: 1}}]", [10, 20, 20, 0], [10, 15, 17.5, 8.75]],
    ["[{exponential_moving_average: {send_every: 2, send_first_at: 2}}]", [10, 20, 10, 10], [_, 11, _, 10.81]],
    // As they were here before ESPHome's options came: each value is answered.
    ["[{median: {window_size: 3}}]", [20, 90, 21, 22], [20, 55, 21, 22]],
    ["[{sliding_window_moving_average: {window_size: 2}}]", [10, 20, 40], [10, 15, 30]],
  ])("%s", (filters, values, expected) => {
    expect(through(filters, values).map((value) => value && Number(value.toFixed(6)))).toEqual(expected);
  });
});

describe("a filter that leaves values out does what ESPHome's of this name does", () => {
  it.each([
    ["[{delta: 0.5}]", [20, 20.4, 20.5, 20.9, 19], [20, _, 20.5, _, 19]],
    // 5 % of 100 are 5, of 110 are 5.5, and of 0 nothing, but what does not change is no change.
    ["[{delta: 5%}]", [100, 104, 110, 105, 104.5, 0, 0, 0.1], [100, _, 110, _, 104.5, 0, _, 0.1]],
    ["[{throttle: 2s}]", [1, 2, 3, 4], [1, _, 3, _]],
    ["[{filter_out: 85}]", [20, 85, 85.04, 84.9], [20, _, _, 84.9]],
    ["[{filter_out: [85, -127]}]", [85, -127, 5], [_, _, 5]],
    ["[{skip_initial: 2}]", [1, 2, 3, 4], [_, _, 3, 4]],
    ["[{multiply: 2}, {offset: 1}, {delta: 3}]", [1, 2, 3], [3, _, 7]],
  ])("%s", (filters, values, expected) => {
    expect(through(filters, values)).toEqual(expected);
  });
});

describe("a filter that speaks by itself does what ESPHome's of this name does", () => {
  it("debounce: says a value when no other came for the time", async () => {
    const { clock, next, emitted } = chained("[{debounce: 10s}, {offset: 1}]");
    expect(next(1)).toBeUndefined();
    await clock.advance(9_999);
    next(2);
    await clock.advance(9_999);
    expect(emitted).toEqual([]);
    await clock.advance(1);
    expect(emitted).toEqual([3]);
    await clock.advance(60_000);
    expect(emitted).toEqual([3]);
  });

  it("throttle_average: says the mean of the time at its end, and nothing of a time without values", async () => {
    const { clock, next, emitted, lost } = chained("[{throttle_average: 1m}]");
    for (const value of [1, 2, 6]) expect(next(value)).toBeUndefined();
    await clock.advance(60_000);
    expect(emitted).toEqual([3]);
    await clock.advance(60_000);
    expect(emitted).toEqual([3]);
    lost();
    await clock.advance(60_000);
    expect(emitted).toEqual([3, null]);
    next(8);
    lost();
    await clock.advance(60_000);
    expect(emitted).toEqual([3, null, 8]);
  });

  it("heartbeat: says the last value in each time, and others at once only if it is optimistic", async () => {
    const quiet = chained("[{heartbeat: 1m}]");
    const optimistic = chained("[{heartbeat: {period: 1m, optimistic: true}}]");
    await quiet.clock.advance(60_000);
    expect(quiet.emitted).toEqual([]);
    expect([quiet.next(5), optimistic.next(5)]).toEqual([undefined, 5]);
    for (const { clock } of [quiet, optimistic]) await clock.advance(120_000);
    expect([quiet.emitted, optimistic.emitted]).toEqual([
      [5, 5],
      [5, 5],
    ]);
    quiet.lost();
    await quiet.clock.advance(120_000);
    expect(quiet.emitted).toEqual([5, 5]);
  });

  it.each([
    ["5m", null],
    ["{timeout: 5m, value: -1}", -1],
    ["{timeout: 5m, value: last}", 7],
    ["{timeout: 5m, value: nan}", null],
  ])(
    "timeout: %s says %s when no value came for the time, once, as something that was not measured",
    async (written, then) => {
      const { clock, next, emitted, made } = chained(`[{timeout: ${written}}]`);
      await clock.advance(600_000);
      expect([next(3), next(7)]).toEqual([3, 7]);
      await clock.advance(299_999);
      expect([...made, ...emitted]).toEqual([]);
      await clock.advance(600_000);
      expect([...made, ...emitted]).toEqual([then]);
      if (then !== null) expect(made).toEqual([then]);
    },
  );

  it("passes on what it says to the filters after it, and not to those before it", async () => {
    const { clock, next, emitted } = chained("[{multiply: 10}, {throttle_average: 1m}, {offset: 1}, {delta: 5}]");
    for (const value of [1, 1.2, 3]) {
      next(value);
      await clock.advance(60_000);
    }
    // 10 + 1; 12 + 1 is no change of 5; 30 + 1.
    expect(emitted).toEqual([11, 31]);
  });
});

describe("the longest silence of filters, for readings every 10 s", () => {
  it.each([
    ["[]", 10],
    ["[{offset: 1}, {round: 1}, {median: {}}]", 10],
    ["[{throttle: 5m}]", 310],
    ["[{median: {send_every: 5}}]", 50],
    ["[{median: {send_every: 5}}, {min: {}}]", 250],
    ["[{throttle_average: 1m}]", 70],
    ["[{throttle_average: 1m}, {max: {}}]", 350],
    ["[{delta: 1}]", Number.POSITIVE_INFINITY],
    ["[{delta: 1}, {heartbeat: 5m}]", 300],
    ["[{delta: 1}, {heartbeat: {period: 5m, optimistic: true}}]", 300],
    ["[{heartbeat: 5m}, {delta: 1}]", Number.POSITIVE_INFINITY],
    ["[{debounce: 5s}]", 10],
    ["[{debounce: 10s}]", Number.POSITIVE_INFINITY],
    ["[{skip_initial: 3}]", 40],
    ["[{filter_out: 85}]", Number.POSITIVE_INFINITY],
    ["[{clamp: {min_value: 1}}]", 10],
    ["[{clamp: {min_value: 1, ignore_out_of_range: true}}]", Number.POSITIVE_INFINITY],
    ["[{exponential_moving_average: {}}]", 150],
  ])("%s: %s s", (filters, seconds) => {
    expect(longestGap(filters, 10)).toBe(seconds);
  });
});
