import * as z from "zod";
import type { Measure } from "../measure.ts";
import type { Drift } from "../simulation/pretend.ts";

/** A measure that a kind knows and that not every device of the kind has. */
export interface OfferedMeasure extends Measure {
  /** How it moves when it is simulated. */
  readonly simulated: Drift;
}

/** Measures that a device can have, by their names. */
export type Offered<Name extends string> = Readonly<Record<Name, OfferedMeasure>>;

/**
 * The option `measures` of a kind that offers more measures than every device has: a list of their names. What a device measures depends on
 * this list alone, not on what can be read at the moment, so that Home Assistant shows the same entities after each start.
 */
export function chosenMeasures<Name extends string>(offered: Offered<Name>, usual: readonly Name[], what: string) {
  const names = Object.keys(offered) as [Name, ...Name[]];
  return z
    .array(z.enum(names), {
      error: `is not a list of measures; write them in brackets, as in [${usual.slice(0, 2).join(", ")}]`,
    })
    .min(1, { error: `has no measure; write at least one of ${names.join(", ")}` })
    .refine((chosen) => new Set(chosen).size === chosen.length, {
      error: "names a measure twice; write each of them once",
    })
    .default([...usual])
    .describe(`${what}: some of ${names.join(", ")}. Default: ${usual.join(", ")}.`);
}

/** The measures that were chosen, in the order of the offer. */
export function choose<Name extends string>(
  offered: Offered<Name>,
  chosen: readonly string[],
): Readonly<Record<Name, OfferedMeasure>> {
  const entries = Object.entries<OfferedMeasure>(offered).filter(([name]) => chosen.includes(name));
  return Object.fromEntries(entries) as Record<Name, OfferedMeasure>;
}

/** How the measures that were chosen move when they are simulated. */
export function chosenDrifts<Name extends string>(
  offered: Offered<Name>,
  chosen: readonly string[],
): Readonly<Record<Name, Drift>> {
  const entries = Object.entries<OfferedMeasure>(choose(offered, chosen));
  return Object.fromEntries(entries.map(([name, { simulated }]) => [name, simulated])) as Record<Name, Drift>;
}
