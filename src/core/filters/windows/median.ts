import { defineFilter } from "../filter.ts";
import { sorted, windowFilter, windowGapMs, windowOptions } from "./window.ts";

/**
 * The value in the middle of the last ones, which a single wrong one does not move. Its send_every was always 1 here, where ESPHome's
 * default is 5.
 */
export const median = defineFilter({
  name: "median",
  summary:
    "The value in the middle of the last window_size ones (default: 5), which a single wrong one does not move, said at every send_every of them (1, unlike ESPHome), the first time at send_first_at (1).",
  examples: [{ window_size: 5 }],
  options: windowOptions({ window_size: 5, send_every: 1 }),
  gapMs: windowGapMs,
  make: (options) => windowFilter(options, middle),
});

function middle(values: readonly number[]): number {
  const inOrder = sorted(values);
  const at = (inOrder.length - 1) / 2;
  return ((inOrder[Math.floor(at)] as number) + (inOrder[Math.ceil(at)] as number)) / 2;
}
