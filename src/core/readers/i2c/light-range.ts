import { UserError } from "../../errors.ts";

/** A way to set a light sensor. */
export interface LightStep {
  /** How many counts it gives for the same light, compared to the other steps. */
  readonly sensitivity: number;
  /** The most counts that it can give, or that are to be taken of it. Absent: all steps have the same. */
  readonly fullScale?: number;
}

/** From this part of the full scale on, a count is no measurement: the converter, or what is before it, may be at its end. */
const saturated = 0.97;
/** The next step that is more sensitive is taken if it would be filled by less than this. The gap keeps it from changing to and fro. */
const roomy = 0.6;

/**
 * Makes a function that measures with the most sensitive of these steps that is not saturated. The steps begin with the most sensitive
 * one. `measure` gives counts, and which part of the full scale they fill, 0 to 1. Rejects with a UserError when even the last step is
 * saturated.
 */
export function lightRange<Step extends LightStep, Counts extends { readonly fullness: number }>(
  steps: readonly Step[],
  measure: (step: Step) => Promise<Counts>,
): () => Promise<Counts> {
  let at = Math.floor(steps.length / 2);
  return async () => {
    for (let tries = 0; tries <= 2 * steps.length; tries++) {
      const step = steps[at] as Step;
      const counts = await measure(step);
      const finer = steps[at - 1];
      if (counts.fullness >= saturated) at = coarser(at, steps.length);
      else if (finer !== undefined && counts.fullness * ratio(finer, step) < roomy) at -= 1;
      else return counts;
    }
    throw new UserError("the light changes faster than it can be measured");
  };
}

/** How much fuller a finer step is with the same light. */
function ratio(finer: LightStep, step: LightStep): number {
  return (finer.sensitivity / step.sensitivity) * ((step.fullScale ?? 1) / (finer.fullScale ?? 1));
}

function coarser(at: number, count: number): number {
  if (at < count - 1) return at + 1;
  throw new UserError("there is more light than the part can measure");
}
