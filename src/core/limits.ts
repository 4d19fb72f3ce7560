import type * as z from "zod";
import { pinOptions } from "./pin.ts";
import { duration } from "./time/duration.ts";

/** The limits that every kind with outputs has. They are held between the kind and its lines, so no kind can exceed them. */
export const limitOptions = {
  min_on: duration({ min: "1s", max: "1d" })
    .optional()
    .describe("The shortest time that the output stays on; switching it off waits until then. Default: no limit."),
  min_off: duration({ min: "1s", max: "1d" })
    .optional()
    .describe(
      "The shortest time that the output stays off, also after the start of the agent, as a compressor needs; switching it on waits until then. Default: no limit.",
    ),
  max_on: duration({ min: "1s", max: "30d" })
    .optional()
    .describe("The longest time that the output stays on; no command makes it longer. Default: no limit."),
};

/** The limits of one device's outputs, in milliseconds; undefined: none. */
export interface Limits {
  readonly minOnMs?: number | undefined;
  readonly minOffMs?: number | undefined;
  readonly maxOnMs?: number | undefined;
}

/** Separates the limits from the kind's own options. */
export function takeLimits(written: Readonly<Record<string, unknown>>): {
  readonly limits: Limits;
  readonly options: Readonly<Record<string, unknown>>;
} {
  const { min_on, min_off, max_on, ...options } = written;
  const limits = { minOnMs: min_on, minOffMs: min_off, maxOnMs: max_on } as Limits;
  return { limits, options };
}

/** Whether a kind has outputs or pulse trains, and so has the limits. */
export function hasLimits(options: z.ZodRawShape): boolean {
  return [...pinOptions(options).values()].some(({ role }) => role === "output" || role === "pwm");
}
