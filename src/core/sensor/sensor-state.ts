import * as z from "zod";
import type { Measure } from "../measure.ts";

const flag = z.enum(["ON", "OFF"]);
/** What an owner may ask for besides what a sensor measures: derived numbers, and the words of its quality. */
const more = z.union([z.number(), z.string()]).nullable();

/** The schema of what is published of these measures. Undefined: the options of a device decide what it measures. */
export function sensorState(measures: Readonly<Record<string, Measure>> | undefined): z.ZodType {
  if (measures === undefined) return z.record(z.string(), more);
  const values = Object.entries(measures).map(([name, { range, flag: isFlag }]) => [
    name,
    (isFlag ? flag : z.number().min(range[0]).max(range[1])).nullable(),
  ]);
  return z.object(Object.fromEntries(values)).catchall(more);
}
