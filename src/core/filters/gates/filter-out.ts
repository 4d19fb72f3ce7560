import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Says nothing of certain values. */
export const filterOut = defineFilter({
  name: "filter_out",
  summary:
    "Says nothing of a value that is this number, or one of a list of numbers, to the digits that are published: 85 for a DS18B20 that lost power.",
  examples: [85, [0, 85]],
  options: z.union([z.number(), z.array(z.number()).min(1).max(100)]),
  gapMs: () => Number.POSITIVE_INFINITY,
  make(out, { digits }) {
    const shown = (value: number) => Math.round(value * 10 ** digits);
    const unwanted = new Set([out].flat().map(shown));
    return { next: (value) => (unwanted.has(shown(value)) ? undefined : value) };
  },
});
