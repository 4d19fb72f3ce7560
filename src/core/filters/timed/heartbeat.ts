import * as z from "zod";
import { duration } from "../../time/duration.ts";
import { defineFilter } from "../filter.ts";
import { again } from "./again.ts";

const period = duration({ min: "1s", max: "1d" });

/** Says the last value again and again. */
export const heartbeat = defineFilter({
  name: "heartbeat",
  summary:
    "Says the last value once in this time, whether a new one came or not, and nothing between; with `{period: 1m, optimistic: true}` it also says each value at once.",
  examples: ["1m", { period: "1m", optimistic: true }],
  options: z.union([
    period.transform((periodMs) => ({ period: periodMs, optimistic: false })),
    z.strictObject({ period, optimistic: z.boolean().default(false) }),
  ]),
  gapMs: ({ period: periodMs, optimistic }, everyMs) => (optimistic ? Math.min(periodMs, everyMs) : periodMs),
  make({ period: periodMs, optimistic }, { clock, emit }) {
    let last: number | undefined;
    again(clock, periodMs, () => {
      if (last !== undefined) emit(last);
    });
    return {
      next(value) {
        last = value;
        return optimistic ? value : undefined;
      },
      lost() {
        last = undefined;
      },
    };
  },
});
