import { describe, expect, it } from "vitest";
import { ntcCelsius } from "../../../src/core/analog/ntc.ts";

describe("a thermistor", () => {
  // A 10k thermistor 10K3MCD1 with the coefficients and the table of Campbell Scientific's manual of its probe 109SS, appendix C.
  it.each([
    [336_103.2, -40],
    [97_006.9, -20],
    [55_303.9, -10],
    [32_650.9, 0],
  ])("of %d ohms has %d °C by its coefficients", (ohms, celsius) => {
    const coefficients = { a: 1.129241e-3, b: 2.341077e-4, c: 8.775468e-8 };
    expect(Math.abs(ntcCelsius(coefficients, ohms) - celsius)).toBeLessThan(0.02);
  });

  // What B is: ln(R25/R50) / (1/298.15 K - 1/323.15 K). So 10k B25/50 = 3950 has 10000 × e^-1.02495 = 3588 Ω at 50 °C.
  it.each([
    [3_588, 50],
    [10_000, 25],
    // 1/273.15 - 1/298.15 = 0.000306980; × 3950 = 1.212570; e^1.212570 = 3.36210
    [33_621, 0],
  ])("of %d ohms has %d °C by its B", (ohms, celsius) => {
    const ntc = { b_constant: 3950, reference_resistance: 10_000 };
    expect(Math.abs(ntcCelsius(ntc, ohms) - celsius)).toBeLessThan(0.01);
  });

  it("may have its B from another temperature", () => {
    expect(
      ntcCelsius({ b_constant: 3950, reference_resistance: 3_588, reference_temperature: 50 }, 10_000),
    ).toBeCloseTo(25, 2);
  });
});
