import * as z from "zod";

/** What the sensor shows, and what that really is. */
export interface Datapoint {
  readonly from: number;
  readonly to: number;
}

const number = String.raw`\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*`;
const arrow = new RegExp(`^${number}->${number}$`);

const written = z
  .string()
  .regex(arrow, { error: "is not a point; write what the sensor shows, an arrow and what it is, such as 10.0 -> 12.1" })
  .transform((text): Datapoint => {
    const [, from, to] = arrow.exec(text) ?? [];
    return { from: Number(from), to: Number(to) };
  });

/** A point, written `10.0 -> 12.1` or `{from: 10.0, to: 12.1}`. */
const point = z.union([written, z.strictObject({ from: z.number(), to: z.number() })]);

/** At least so many points. */
export function datapoints(least: number) {
  const few = `has too few points; write at least ${least}, such as 10.0 -> 12.1`;
  return z
    .array(point, { error: "is not a list of points; write each on a line after a dash, such as - 10.0 -> 12.1" })
    .min(least, { error: few })
    .max(1_000);
}

/** Whether the points go up, and none stands twice. */
export function areAscending(points: readonly Datapoint[]): boolean {
  return points.every(({ from }, index) => index === 0 || from > (points[index - 1]?.from ?? from));
}

/** What is wrong with points that are not in their order. */
export const notAscending = "has points that are not in their order; begin with the lowest, and write each only once";

/** The line through the points on both sides of the value; beyond the ends, the line of the last two points. */
export function onLines(points: readonly Datapoint[], value: number): number {
  const after = points.findIndex(({ from }, index) => index > 0 && value < from);
  const index = after === -1 ? points.length - 1 : after;
  const [a, b] = [points[index - 1] as Datapoint, points[index] as Datapoint];
  return a.to + ((value - a.from) * (b.to - a.to)) / (b.from - a.from);
}
