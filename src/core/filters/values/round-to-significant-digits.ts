import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Rounds to so many digits in all. */
export const roundToSignificantDigits = defineFilter({
  name: "round_to_significant_digits",
  summary: "Rounds to so many digits in all: 2 makes 1234 to 1200.",
  examples: [3],
  options: z.int().min(1).max(12),
  make: (digits) => ({ next: (value) => Number(value.toPrecision(digits)) }),
});
