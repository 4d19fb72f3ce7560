import { defineFilter } from "../filter.ts";
import { areAscending, datapoints, notAscending, onLines } from "./datapoints.ts";

/** Maps by lines from point to point, and holds the ends. ESPHome has no filter of this name. */
export const mapLinear = defineFilter({
  name: "map_linear",
  summary:
    "Maps by lines from point to point, such as `0.5 -> 0` and `4.5 -> 100` for the sender of a tank; a value beyond an end gives what the end gives. It is calibrate_linear with the method exact, which goes on beyond its ends.",
  examples: [["0.5 -> 0", "4.5 -> 100"]],
  options: datapoints(2).refine(areAscending, { error: notAscending }),
  make(points) {
    const [first, last] = [points[0]?.from ?? 0, points.at(-1)?.from ?? 0];
    return { next: (value) => onLines(points, Math.min(Math.max(value, first), last)) };
  },
});
