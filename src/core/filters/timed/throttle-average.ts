import { duration } from "../../time/duration.ts";
import { defineFilter } from "../filter.ts";
import { again } from "./again.ts";

/** Says the mean of all values of a time at its end. */
export const throttleAverage = defineFilter({
  name: "throttle_average",
  summary: "Says once in this time the mean of all values that came in it, and nothing if none came.",
  examples: ["5m"],
  options: duration({ min: "1s", max: "1d" }),
  gapMs: (periodMs, everyMs) => periodMs + everyMs,
  make(periodMs, { clock, emit }) {
    let values: number[] = [];
    let isLost = false;
    again(clock, periodMs, () => {
      const [came, wasLost] = [values, isLost];
      values = [];
      isLost = false;
      if (came.length > 0) emit(came.reduce((sum, one) => sum + one, 0) / came.length);
      else if (wasLost) emit(null);
    });
    return {
      next(value) {
        values.push(value);
        return undefined;
      },
      lost() {
        isLost = true;
      },
      forget() {
        values = [];
      },
    };
  },
});
