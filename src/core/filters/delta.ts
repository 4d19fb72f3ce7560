import * as z from "zod";
import { defineFilter } from "./filter.ts";

/** Says nothing until the value has changed by so much. */
export const delta = defineFilter({
  name: "delta",
  summary: "Says a value only when it differs by this number or more from the one that was said last.",
  options: z.number().positive({ error: "is not above 0" }),
  silentMs: () => Number.POSITIVE_INFINITY,
  make(least) {
    let said: number | undefined;
    return {
      next(value) {
        if (said !== undefined && Math.abs(value - said) < least) return undefined;
        said = value;
        return value;
      },
    };
  },
});
