import * as z from "zod";
import type { Measure } from "../../measure.ts";
import { around, type Drift } from "../../simulation/pretend.ts";

/** A measure that some meters have, and how it moves in the simulation. */
export type MeterMeasure = Measure & { readonly simulated: Drift };

/**
 * The option `measures` of a kind of meter of which each gives other values. So the entities stay the same, whatever a meter sends. It has
 * a default: what nearly every meter gives.
 */
export function measureList<Name extends string>(
  all: Readonly<Record<Name, MeterMeasure>>,
  usual: readonly NoInfer<Name>[],
) {
  const names = Object.keys(all) as Name[];
  return z
    .array(z.enum(names as [Name, ...Name[]]), { error: `is not a list; write some of ${names.join(", ")}` })
    .min(1, { error: `is empty; write some of ${names.join(", ")}` })
    .refine((list) => new Set(list).size === list.length, { error: "names a measure twice; write each once" })
    .default([...usual])
    .describe(`What is published: a list of ${names.join(", ")}. Default: ${usual.join(", ")}.`);
}

/** Those of a kind's measures that the option names, in the order of the kind. */
export function listed<Name extends string>(
  all: Readonly<Record<Name, MeterMeasure>>,
  list: readonly Name[],
): Record<Name, Measure> {
  const names = (Object.keys(all) as Name[]).filter((name) => list.includes(name));
  const measures: Partial<Record<Name, Measure>> = {};
  for (const name of names) {
    const { simulated: _simulated, ...measure } = all[name];
    measures[name] = measure as Measure;
  }
  return measures as Record<Name, Measure>;
}

/** How the measures that the option names move in the simulation. */
export function listedDrifts<Name extends string>(
  all: Readonly<Record<Name, MeterMeasure>>,
  list: readonly Name[],
): Record<Name, Drift> {
  return Object.fromEntries(list.map((name) => [name, all[name].simulated])) as Record<Name, Drift>;
}

/** A counter reading, which a drift around a middle would turn back. */
export function standing(value: number): Drift {
  return around(value, 0, 60_000);
}
