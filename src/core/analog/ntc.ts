import * as z from "zod";
import { resistance } from "./resistance.ts";

/** 0 °C in kelvin. */
const zeroCelsius = 273.15;

/** The option `ntc` of a channel, by ESPHome's names of a calibration. */
export const ntcOption = z
  .strictObject({
    b_constant: z.number().min(500).max(10_000).optional(),
    reference_resistance: resistance().optional(),
    reference_temperature: z.number().min(-50).max(200).optional(),
    a: z.number().optional(),
    b: z.number().optional(),
    c: z.number().optional(),
  })
  .superRefine((ntc, context) => {
    const { b_constant: beta, reference_resistance: reference, reference_temperature: at, a, b, c } = ntc;
    const hasBeta = beta !== undefined && reference !== undefined;
    const hasCoefficients = a !== undefined && b !== undefined && c !== undefined;
    const isMixed =
      [beta, reference, at].some((one) => one !== undefined) && [a, b, c].some((one) => one !== undefined);
    if (isMixed || hasBeta === hasCoefficients)
      context.addIssue({
        code: "custom",
        message:
          "needs either b_constant and reference_resistance, as in {b_constant: 3950, reference_resistance: 10k}, or the Steinhart-Hart coefficients a, b and c",
      });
  })
  .describe(
    "A thermistor: its b_constant with reference_resistance at 25 °C, or its Steinhart-Hart coefficients a, b and c.",
  );

/** A thermistor as its owner wrote it. Resistances are in ohms, temperatures in °C. */
export type Ntc = z.output<typeof ntcOption>;

/** The temperature of a thermistor with so many ohms, in °C. */
export function ntcCelsius(ntc: Ntc, ohms: number): number {
  const {
    b_constant: beta = 0,
    reference_resistance: reference = 1,
    reference_temperature: at = 25,
    a,
    b = 0,
    c = 0,
  } = ntc;
  const log = Math.log(ohms);
  // Steinhart and Hart: 1/T = a + b ln R + c (ln R)³. With B: 1/T = 1/T₀ + ln(R/R₀)/B.
  const inverse =
    a === undefined ? 1 / (at + zeroCelsius) + (log - Math.log(reference)) / beta : a + b * log + c * log ** 3;
  return 1 / inverse - zeroCelsius;
}
