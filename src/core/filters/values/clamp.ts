import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Keeps values between two limits. */
export const clamp = defineFilter({
  name: "clamp",
  summary:
    "Gives min_value for what is below it and max_value for what is above; with ignore_out_of_range it says nothing of such values.",
  examples: [{ min_value: 0, max_value: 100 }],
  options: z
    .strictObject({
      min_value: z.number().optional(),
      max_value: z.number().optional(),
      ignore_out_of_range: z.boolean().default(false),
    })
    .refine(({ min_value: min, max_value: max }) => min !== undefined || max !== undefined, {
      error: "has no limit; write min_value, max_value or both",
      // Of a limit that is misspelt it is told already.
      when: ({ issues }) => issues.length === 0,
    })
    .refine(({ min_value: min, max_value: max }) => min === undefined || max === undefined || min <= max, {
      error: "has a min_value above its max_value; write the lower one as min_value",
    }),
  gapMs: ({ ignore_out_of_range: ignores }, everyMs) => (ignores ? Number.POSITIVE_INFINITY : everyMs),
  make({
    min_value: min = Number.NEGATIVE_INFINITY,
    max_value: max = Number.POSITIVE_INFINITY,
    ignore_out_of_range: ignores,
  }) {
    return {
      next(value) {
        const clamped = Math.min(Math.max(value, min), max);
        return ignores && clamped !== value ? undefined : clamped;
      },
    };
  },
});
