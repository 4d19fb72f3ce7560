import { duration } from "../../time/duration.ts";
import { defineFilter } from "../filter.ts";

/** Says at most one value in a time. */
export const throttle = defineFilter({
  name: "throttle",
  summary: "Says at most one value in this time, such as 5m.",
  examples: ["5m"],
  options: duration({ min: "1s", max: "1d" }),
  gapMs: (leastMs, everyMs) => everyMs + leastMs,
  make(leastMs) {
    let saidAtMs = Number.NEGATIVE_INFINITY;
    return {
      next(value, atMs) {
        if (atMs - saidAtMs < leastMs) return undefined;
        saidAtMs = atMs;
        return value;
      },
      lost() {
        // What comes next is news after nothing.
        saidAtMs = Number.NEGATIVE_INFINITY;
      },
    };
  },
});
