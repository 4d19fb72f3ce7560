import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Multiplies by a number. */
export const multiply = defineFilter({
  name: "multiply",
  summary: "Multiplies by this number.",
  examples: [0.1],
  options: z.number(),
  make: (factor) => ({ next: (value) => value * factor }),
});
