import * as z from "zod";
import { defineFilter } from "../filter.ts";
import { isFirstInTime, notInTime, sending, sendingOptions, windowGapMs } from "./window.ts";

/** A mean in which an old value counts less and less. */
export const exponentialMovingAverage = defineFilter({
  name: "exponential_moving_average",
  summary:
    "A mean in which each new value has the share alpha (default: 0.1) and what was before has the rest, said at every send_every values (15), the first time at send_first_at (1).",
  examples: [{ alpha: 0.1, send_every: 1 }],
  options: z
    .strictObject({
      alpha: z.number().positive({ error: "is not above 0" }).max(1).default(0.1),
      ...sendingOptions(15),
    })
    .refine(isFirstInTime, notInTime),
  gapMs: windowGapMs,
  make(options) {
    let mean: number | undefined;
    let isTime = sending(options);
    return {
      next(value) {
        mean = mean === undefined ? value : options.alpha * value + (1 - options.alpha) * mean;
        return isTime() ? mean : undefined;
      },
      forget() {
        mean = undefined;
        isTime = sending(options);
      },
    };
  },
});
