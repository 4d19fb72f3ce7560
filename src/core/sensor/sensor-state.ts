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

/** The names and words of what a device says whose options are known: what it measures, what is derived, and its quality where it is said. */
export function saidState(measures: Readonly<Record<string, Measure>>, quality: boolean | undefined): z.ZodType {
  const values = Object.entries(measures).map(([name, { flag: isFlag }]) => [name, (isFlag ? flag : more).nullable()]);
  const words = { quality: z.enum(["good", "suspect"]), reason: z.string().nullable() };
  return z.object({ ...Object.fromEntries(values), ...(quality && words) });
}
