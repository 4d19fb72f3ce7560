import type { Cancel } from "../../time/clock.ts";
import { duration } from "../../time/duration.ts";
import { defineFilter } from "../filter.ts";

/** Says a value only when none came after it for some time. */
export const debounce = defineFilter({
  name: "debounce",
  summary:
    "Says a value after this time, and only if no other came meanwhile; so the time must be shorter than the interval of the readings.",
  examples: ["2s"],
  options: duration({ min: "100ms", max: "1d" }),
  gapMs: (forMs, everyMs) => (forMs < everyMs ? everyMs : Number.POSITIVE_INFINITY),
  make(forMs, { clock, emit }) {
    let cancel: Cancel = () => {};
    return {
      next(value) {
        cancel();
        cancel = clock.after(forMs, () => emit(value));
        return undefined;
      },
      lost: () => cancel(),
    };
  },
});
