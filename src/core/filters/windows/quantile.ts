import * as z from "zod";
import { defineFilter } from "../filter.ts";
import { isFirstInTime, notInTime, sendingOptions, sorted, windowFilter, windowGapMs } from "./window.ts";

/** The value below which a share of the last ones lies. */
export const quantile = defineFilter({
  name: "quantile",
  summary:
    "The lowest of the last window_size values (default: 5) that the share `quantile` of them (0.9) does not exceed, said at every send_every of them (5), the first time at send_first_at (1).",
  examples: [{ quantile: 0.9, window_size: 5 }],
  options: z
    .strictObject({
      window_size: z.int().min(1).max(10_000).default(5),
      ...sendingOptions(5),
      quantile: z.number().min(0).max(1).default(0.9),
    })
    .refine(isFirstInTime, notInTime),
  gapMs: windowGapMs,
  // ESPHome, QuantileFilter::compute_result: the element number ceil(size * quantile), counted from 1.
  make: (options) =>
    windowFilter(options, (values) => {
      const place = Math.max(1, Math.ceil(Number((values.length * options.quantile).toPrecision(12))));
      return sorted(values)[place - 1] as number;
    }),
});
