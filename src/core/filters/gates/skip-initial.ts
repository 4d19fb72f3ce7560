import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Says nothing of the first values after the start. */
export const skipInitial = defineFilter({
  name: "skip_initial",
  summary: "Says nothing of so many values at the start, for a sensor that has to warm up.",
  examples: [3],
  options: z.int().min(1).max(10_000),
  gapMs: (count, everyMs) => everyMs * (count + 1),
  make(count) {
    let left = count;
    return {
      next(value) {
        if (left === 0) return value;
        left -= 1;
        return undefined;
      },
    };
  },
});
