import { defineFilter } from "../filter.ts";
import { areAscending, datapoints, notAscending } from "./datapoints.ts";

/** Takes a value from a table. ESPHome has no filter of this name. */
export const lookup = defineFilter({
  name: "lookup",
  summary:
    "Gives what a table says, such as `0 -> 0`, `1.5 -> 1` and `2.5 -> 2`: the entry of the highest number that is not above the value, and below all of them the first.",
  examples: [["0 -> 0", "1.5 -> 1", "2.5 -> 2"]],
  options: datapoints(1).refine(areAscending, { error: notAscending }),
  make: (points) => ({
    next: (value) => (points.findLast(({ from }) => from <= value) ?? points[0])?.to,
  }),
});
