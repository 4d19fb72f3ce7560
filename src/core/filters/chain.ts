import * as z from "zod";
import type { Filter, FilterKind } from "./filter.ts";
import { filterKinds } from "./index.ts";

const names = filterKinds.map(({ name }) => name).join(", ");

/** One filter as it is written: its name, and what it needs. */
const written = z
  .strictObject(
    Object.fromEntries(filterKinds.map(({ name, summary, options }) => [name, options.optional().describe(summary)])),
    { error: (issue) => (issue.code === "unrecognized_keys" ? `is no filter; there are ${names}` : undefined) },
  )
  .refine((filter) => Object.keys(filter).length === 1, {
    error: "is not one filter; write each on a line of its own after a dash, such as - offset: -0.5",
  });

/** The filters of one measure, in the order in which they work. */
type Chain = readonly z.output<typeof written>[];

/** The option `filters` of a sensor: for each of its measures a list. Undefined: the options of the device decide what it measures. */
export function filtersOption(measures: readonly string[] | undefined) {
  const list = z.array(written, { error: "is not a list; write each filter on a line of its own after a dash" });
  return namedLists(measures, list)
    .optional()
    .describe("What is made of each measure before it is published: by its name a list of filters.");
}

function namedLists<List extends z.ZodType>(measures: readonly string[] | undefined, list: List) {
  if (measures === undefined) return z.record(z.string(), list.optional());
  return z.strictObject(Object.fromEntries(measures.map((name) => [name, list.optional()])), {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `is no measure of this kind; there are ${measures.join(", ")}` : undefined,
  });
}

/** The filters of a sensor as its owner wrote them. */
export type ChosenFilters = Readonly<Record<string, Chain | undefined>>;

/** Makes the filters of one measure for one run of a device. */
export function makeChain(chain: Chain = []): Filter {
  const filters = chain.flatMap((one) => chosen(one).map(([kind, options]) => kind.make(options)));
  return {
    next(value, atMs) {
      let passed: number | undefined = value;
      for (const filter of filters) {
        passed = filter.next(passed, atMs);
        if (passed === undefined) return undefined;
      }
      return passed;
    },
  };
}

/** The longest time for which the filters of a sensor say nothing, in milliseconds; Infinity where there is no bound. */
export function longestSilenceMs(filters: ChosenFilters, measures: readonly string[], everyMs: number): number {
  const each = measures.map((name) =>
    (filters[name] ?? [])
      .flatMap(chosen)
      .map(([kind, options]) => kind.silentMs?.(options, everyMs) ?? 0)
      .reduce((sum, silentMs) => sum + silentMs, 0),
  );
  // A value that is said takes the others with it, so the sensor is silent no longer than its most talkative measure.
  return Math.min(...each);
}

function chosen(one: Chain[number]): [FilterKind, never][] {
  return filterKinds.flatMap((kind) => (kind.name in one ? [[kind, one[kind.name] as never]] : []));
}
