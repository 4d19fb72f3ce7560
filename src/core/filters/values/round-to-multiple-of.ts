import * as z from "zod";
import { defineFilter } from "../filter.ts";

const multiple = z.number().positive({ error: "is not above 0" });

/** Rounds to the nearest multiple of a number, a half to the even one as C's remainderf does. */
export const roundToMultipleOf = defineFilter({
  name: "round_to_multiple_of",
  summary: "Rounds to the nearest multiple of this number, such as 0.5, also written `{multiple: 0.5}`.",
  examples: [0.5, { multiple: 0.5 }],
  options: z.union([multiple.transform((one) => ({ multiple: one })), z.strictObject({ multiple })]),
  make: ({ multiple: one }) => ({
    next(value) {
      const count = value / one;
      const nearest = Math.round(count);
      const isHalf = Math.abs(count - Math.floor(count) - 0.5) < 1e-9;
      const even = isHalf ? 2 * Math.round(count / 2) : nearest;
      return Number((even * one).toPrecision(12));
    },
  }),
});
