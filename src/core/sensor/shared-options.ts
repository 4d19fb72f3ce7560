import * as z from "zod";
import { derivable, lackingFor } from "../derived/derive.ts";
import { derivedMeasures } from "../derived/index.ts";
import type { ChosenFilters } from "../filters/chain.ts";
import { filterAlone, filterList } from "../filters/filter-list.ts";
import type { Measure } from "../measure.ts";
import { duration, parseDuration } from "../time/duration.ts";
import { type PerMeasure, perMeasure } from "./per-measure.ts";

/** What every sensor may have besides its own options, as it was chosen. */
export interface SharedOptions {
  readonly every: number;
  readonly filters?: PerMeasure<NonNullable<ChosenFilters[string]>> | undefined;
  readonly range?: PerMeasure<readonly [number, number]> | undefined;
  readonly max_change?: PerMeasure<number> | undefined;
  readonly stuck_after?: PerMeasure<number> | undefined;
  readonly quality?: boolean | undefined;
  readonly derive?: readonly string[] | undefined;
  readonly altitude?: number | undefined;
  readonly publish?: "always" | "on_change" | undefined;
  readonly delta?: PerMeasure<number> | undefined;
  readonly heartbeat?: number | undefined;
}

/** With `publish: on_change` a state is said again after this time without a change, unless the option says another one. */
export const usualHeartbeatMs = 600_000;

const metres = /^\s*(-?\d+(?:\.\d+)?)\s*m\s*$/;
const altitudeAdvice = "is not an altitude; write it in metres, such as 320m";

/** A height in metres, written 320 or 320m. */
const altitude = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(metres, { error: altitudeAdvice })
        .transform((text) => Number(metres.exec(text)?.[1])),
    ],
    { error: altitudeAdvice },
  )
  // From the lowest shore to the highest mountain.
  .refine((height) => height >= -450 && height <= 9_000, { error: "is out of range; write -450m to 9000m" });

function rangeAsGroup(word: string): string | undefined {
  return /^(min|max|low|high|from|to)/.test(word)
    ? "is not how a range is written; write the lowest and the highest value, as in [10, 40]"
    : undefined;
}

const positive = z.number().positive({ error: "is not above 0" });
const limits = z
  .tuple([z.number(), z.number()], { error: "is not a range; write the lowest and the highest value, as in [10, 40]" })
  .refine(([low, high]) => low < high, { error: "is no range; write the lower value first, as in [10, 40]" });

/**
 * The options that are added to every sensor. `measures` is undefined where the options of a device decide what it measures. A kind that
 * measures nothing of which something can be derived has no `derive`, and one without air pressure no `altitude`.
 */
export function sharedOptions(
  every: { readonly default: string; readonly min: string },
  measures: Readonly<Record<string, Measure>> | undefined,
) {
  const possible = measures === undefined ? derivedMeasures : derivable(measures).map(({ derived }) => derived);
  const derived = possible.map(({ name }) => name);
  const own = measures && Object.keys(measures);
  const all = own && { own, derived };
  const raw = own && { own, derived: [] };
  return {
    every: duration({ min: every.min, max: "1d" })
      .default(parseDuration(every.default) ?? 0)
      .describe(`How often the sensor is read, at most every ${every.min}. Default: ${every.default}.`),
    filters: perMeasure({ one: filterList, example: "[{offset: -0.5}]", explain: filterAlone }, all)
      .optional()
      .describe("What is made of each measure before it is published: by its name a list of filters."),
    range: perMeasure({ one: limits, example: "[10, 40]", explain: rangeAsGroup }, raw)
      .optional()
      .describe(
        "The values that are plausible for each measure, before its filters. Default: what the sensor can measure.",
      ),
    max_change: perMeasure({ one: positive, example: "5" }, raw)
      .optional()
      .describe("By how much each measure can change in a minute; more is not plausible."),
    stuck_after: perMeasure({ one: duration({ min: "10s", max: "30d" }), example: "1h" }, raw)
      .optional()
      .describe("After what time of exactly the same raw value the sensor is stuck, and its value not plausible."),
    quality: z
      .boolean()
      .default(false)
      .describe(
        "Whether the state says in quality if it is good or suspect, and in reason why; a value that is not plausible is then the last good one, for three readings. Default: false.",
      ),
    ...(derived.length > 0 && {
      derive: z
        .array(
          z.enum(derived as [string, ...string[]], {
            error: ({ input }) => lackingFor(String(input), measures ?? {}),
          }),
          { error: `is not a list; write what to compute, as in [${derived[0]}]` },
        )
        .optional()
        .describe(`What is computed of the measures and published as measures too: ${derived.join(", ")}.`),
    }),
    ...(possible.some(({ needsAltitude }) => needsAltitude) && {
      altitude: altitude
        .optional()
        .describe("How high above the sea the sensor is, in metres, for sea_level_pressure."),
    }),
    publish: z
      .enum(["always", "on_change"])
      .default("always")
      .describe("When a reading is published: each one, or only one that brings a change. Default: always."),
    delta: perMeasure({ one: positive, example: "0.2" }, all)
      .optional()
      .describe("What is a change of each measure, with publish: on_change. Default: any change of what is published."),
    heartbeat: duration({ min: "1s", max: "1d" })
      .optional()
      .describe(
        "After what time without a change the state is published again, with publish: on_change. Default: 10m.",
      ),
  };
}
