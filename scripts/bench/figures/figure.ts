import type { Contestant } from "../contestants/contestant.ts";
import type { Growth } from "../results/growth.ts";
import type { Row } from "../results/row.ts";

/** What a figure may use. */
export interface Bench {
  /** All that can be started here. */
  readonly contestants: readonly Contestant[];
  /** Fewer rounds and shorter times: two minutes for all. */
  readonly quick: boolean;
}

/** What a figure gives. */
export interface Measured {
  readonly rows?: readonly Row[];
  readonly growths?: readonly Growth[];
  /** Sentences for people: what was left out and why. */
  readonly notes?: readonly string[];
}

/** One thing that is measured; each is one file of this folder. */
export interface Figure {
  /** Its word on the command line. */
  readonly name: string;
  /** What it measures, in a few words. */
  readonly about: string;
  /** Whether it is part of the quick run. */
  readonly quick: boolean;
  measure(bench: Bench): Promise<Measured>;
}
