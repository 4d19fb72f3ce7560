import * as z from "zod";
import { defineFilter } from "../filter.ts";

/** Adds a number. */
export const offset = defineFilter({
  name: "offset",
  summary: "Adds this number, such as -0.5 for a sensor that shows half a degree too much.",
  examples: [-0.5],
  options: z.number(),
  make: (added) => ({ next: (value) => value + added }),
});
