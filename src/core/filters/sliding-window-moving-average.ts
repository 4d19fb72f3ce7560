import { defineFilter } from "./filter.ts";
import { Window, windowSize } from "./window.ts";

/** The mean of the last values. */
export const slidingWindowMovingAverage = defineFilter({
  name: "sliding_window_moving_average",
  summary: "The mean of the last window_size values. Default: 15.",
  options: windowSize(15),
  make({ window_size }) {
    const window = new Window(window_size);
    return {
      next(value) {
        const values = window.push(value);
        return values.reduce((sum, one) => sum + one, 0) / values.length;
      },
    };
  },
});
