/** What the positions of a knob are. */
export interface Scale {
  /** Undefined: there is no lowest, or no highest, position. */
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  /** By how much one step of the knob changes the position. */
  readonly step: number;
  /** Whether the lowest position follows the highest one. */
  readonly wrap: boolean;
}

/** How many digits after the point a position has at most: adding shares such as 0.1 leaves more. */
const digits = 6;

/** The nearest position within the limits. */
export function within({ min_value = -Infinity, max_value = Infinity }: Scale, position: number): number {
  return Math.min(Math.max(position, min_value), max_value);
}

/** The position after so many steps: within the limits, or round them. */
export function moved(scale: Scale, position: number, steps: number): number {
  const { min_value: min, max_value: max, step, wrap } = scale;
  const wanted = Number((position + steps * step).toFixed(digits)) + 0;
  if (!wrap || min === undefined || max === undefined) return within(scale, wanted);
  const round = max - min + step;
  const above = (((wanted - min) % round) + round) % round;
  // A position that a command has put between two steps.
  if (above > max - min) return steps > 0 ? min : max;
  return Number((min + above).toFixed(digits)) + 0;
}

/** What does not go together in a scale. */
export function scaleConflicts({ min_value: min, max_value: max, step, wrap }: Scale) {
  const has = min !== undefined && max !== undefined;
  const steps = has ? (max - min) / step : 0;
  return {
    ...(has && min >= max && { min_value: `is not below max_value, which is ${max}; exchange them, or change one` }),
    ...(wrap && !has && { wrap: "needs both ends; write min_value and max_value, or take wrap out" }),
    ...(wrap &&
      has &&
      min < max &&
      Math.abs(steps - Math.round(steps)) > 1e-9 && {
        step: `does not lead from ${min} to ${max}; with wrap, write one that divides ${max - min} without a rest`,
      }),
  };
}
