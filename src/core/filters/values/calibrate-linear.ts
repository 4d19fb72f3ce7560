import * as z from "zod";
import { defineFilter } from "../filter.ts";
import { areAscending, type Datapoint, datapoints, notAscending, onLines } from "./datapoints.ts";

const points = datapoints(2);

const options = z
  .union([
    points.transform((list) => ({ datapoints: list, method: "least_squares" as const })),
    z.strictObject({ datapoints: points, method: z.enum(["least_squares", "exact"]).default("least_squares") }),
  ])
  .superRefine(({ datapoints: list, method }, context) => {
    const isOnePlace = list.every(({ from }) => from === list[0]?.from);
    if (method === "exact" && !areAscending(list)) context.addIssue({ code: "custom", message: notAscending });
    else if (isOnePlace)
      context.addIssue({
        code: "custom",
        message: "has points of one value only; write another one, such as 10.0 -> 12.1",
      });
  });

/** Corrects by a line through points that were measured. */
export const calibrateLinear = defineFilter({
  name: "calibrate_linear",
  summary:
    "Corrects by what a sensor showed and what it really was, as points such as `10.0 -> 12.1`: by the line that fits best (method least_squares, the default), or by lines from point to point (exact).",
  examples: [["0.0 -> 0.2", "100.0 -> 98.5"], { datapoints: ["0.0 -> 0.2", "100.0 -> 98.5"], method: "exact" }],
  options,
  make({ datapoints: list, method }) {
    if (method === "exact") return { next: (value) => onLines(list, value) };
    const { slope, start } = fittingLine(list);
    return { next: (value) => start + slope * value };
  },
});

/** The line with the least sum of squared distances. */
function fittingLine(list: readonly Datapoint[]): { slope: number; start: number } {
  const mean = (of: (point: Datapoint) => number) => list.reduce((sum, point) => sum + of(point), 0) / list.length;
  const [x, y] = [mean(({ from }) => from), mean(({ to }) => to)];
  const slope = mean(({ from, to }) => (from - x) * (to - y)) / mean(({ from }) => (from - x) ** 2);
  return { slope, start: y - slope * x };
}
