import { defineFilter } from "../filter.ts";
import { windowFilter, windowGapMs, windowOptions } from "./window.ts";

/** The mean of the last values. Its send_every was always 1 here, where ESPHome's default is 15. */
export const slidingWindowMovingAverage = defineFilter({
  name: "sliding_window_moving_average",
  summary:
    "The mean of the last window_size values (default: 15), said at every send_every of them (1, unlike ESPHome), the first time at send_first_at (1).",
  examples: [{ window_size: 5, send_every: 1 }],
  options: windowOptions({ window_size: 15, send_every: 1 }),
  gapMs: windowGapMs,
  make: (options) => windowFilter(options, (values) => values.reduce((sum, one) => sum + one, 0) / values.length),
});
