import { defineFilter } from "../filter.ts";
import { windowFilter, windowGapMs, windowOptions } from "./window.ts";

/** The lowest of the last values. */
export const min = defineFilter({
  name: "min",
  summary:
    "The lowest of the last window_size values (default: 5), said at every send_every of them (5), the first time at send_first_at (1).",
  examples: [{ window_size: 5 }],
  options: windowOptions({ window_size: 5, send_every: 5 }),
  gapMs: windowGapMs,
  make: (options) => windowFilter(options, (values) => Math.min(...values)),
});
