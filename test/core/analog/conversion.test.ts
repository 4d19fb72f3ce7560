import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Channel } from "../../../src/core/analog/channel-options.ts";
import { channelMeasure, channelValue, channelVolts } from "../../../src/core/analog/conversion.ts";
import { parseResistance } from "../../../src/core/analog/resistance.ts";
import { NoValue } from "../../../src/core/sensor/no-value.ts";
import { runs } from "../../property-runs.ts";

const ohms = fc.double({ min: 0.001, max: 1e7, noNaN: true });
const thermistor: fc.Arbitrary<Partial<Channel>> = fc.record({
  ntc: fc.record({ b_constant: fc.integer({ min: 2_000, max: 5_000 }), reference_resistance: ohms }),
  resistor: ohms,
  configuration: fc.constantFrom("downstream", "upstream"),
});
const sender: fc.Arbitrary<Partial<Channel>> = fc.record({
  table: fc
    .uniqueArray(fc.tuple(fc.double({ min: 0, max: 1_000, noNaN: true }), fc.integer({ min: -100, max: 100 })), {
      minLength: 2,
      maxLength: 6,
      selector: ([one]) => one,
    })
    .map((pairs) => pairs.sort(([a], [b]) => a - b)),
  resistor: ohms,
  configuration: fc.constantFrom("downstream", "upstream"),
});
const plain: fc.Arbitrary<Partial<Channel>> = fc.oneof(
  fc.constant({}),
  fc.record({ divider: fc.tuple(ohms, ohms) }),
  fc.record({ shunt: ohms }),
);
const volts = fc.double({ min: -7, max: 7, noNaN: true });

describe("whatever an input shows", () => {
  it("a channel gives a number, or says why it has none", () => {
    fc.assert(
      fc.property(fc.oneof(thermistor, sender, plain), volts, (channel, at) => {
        const value = channelValue({ input: "0", ...channel }, at, 3.3);
        expect(value instanceof NoValue || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });

  it("a resistor that has the whole supply, or more, is no value", () => {
    fc.assert(
      fc.property(fc.oneof(thermistor, sender), fc.double({ min: 3.29, max: 7, noNaN: true }), (channel, across) => {
        const at = channel.configuration === "upstream" ? 3.3 - across : across;
        expect(channelValue({ input: "0", ...channel }, at, 3.3)).toBeInstanceOf(NoValue);
      }),
      { numRuns: runs(300) },
    );
  });

  it("what a sender means stays within its table", () => {
    fc.assert(
      fc.property(sender, volts, (channel, at) => {
        const value = channelValue({ input: "0", ...channel }, at, 3.3);
        const { range } = channelMeasure({ input: "0", ...channel }, 7);
        if (value instanceof NoValue) return;
        expect(value).toBeGreaterThanOrEqual(range[0]);
        expect(value).toBeLessThanOrEqual(range[1]);
      }),
      { numRuns: runs(500) },
    );
  });

  it("the simulation shows the voltage that a thermistor has at a temperature", () => {
    const channel: Channel = { input: "0", resistor: 10_000, ntc: { b_constant: 3950, reference_resistance: 10_000 } };
    // 25 °C: both resistors are equal. 0 °C: 33621 Ω, so 33621 / 43621 of 3.3 V.
    expect(channelVolts(channel, 25, 3.3)).toBeCloseTo(1.65, 5);
    expect(channelVolts(channel, 0, 3.3)).toBeCloseTo(2.54348, 4);
    expect(channelVolts({ ...channel, configuration: "upstream" }, 0, 3.3)).toBeCloseTo(0.75652, 4);
  });
});

it.each([
  ["470", 470],
  ["4.7k", 4_700],
  ["10 kOhm", 10_000],
  ["10K", 10_000],
  ["1M", 1_000_000],
  ["1MΩ", 1_000_000],
  ["50m", 0.05],
  ["0.1 Ω", 0.1],
  ["220 ohm", 220],
  ["4k7", undefined],
  ["-10", undefined],
  ["", undefined],
  ["k", undefined],
  ["1e3", undefined],
])("%s is %s ohms", (text, value) => {
  expect(parseResistance(text)).toBe(value);
});
