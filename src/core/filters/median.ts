import { defineFilter } from "./filter.ts";
import { Window, windowSize } from "./window.ts";

/** The value in the middle of the last ones, which a single wrong one does not move. */
export const median = defineFilter({
  name: "median",
  summary: "The value in the middle of the last window_size ones, which a single wrong one does not move. Default: 5.",
  options: windowSize(5),
  make({ window_size }) {
    const window = new Window(window_size);
    return {
      next(value) {
        const sorted = [...window.push(value)].sort((a, b) => a - b);
        const middle = (sorted.length - 1) / 2;
        return ((sorted[Math.floor(middle)] ?? value) + (sorted[Math.ceil(middle)] ?? value)) / 2;
      },
    };
  },
});
