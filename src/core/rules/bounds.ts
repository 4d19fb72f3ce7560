/** Where a number must be. Both bounds: between them. The bounds themselves are outside, except those of `between`. */
export interface Bounds {
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly between?: readonly [lowest: number, highest: number] | undefined;
}

/**
 * Whether a number is where it must be. A number that was there before stays so until it has left by more than the hysteresis, which has the
 * unit of the number.
 */
export function isWithin({ above, below, between }: Bounds, value: number, hysteresis = 0, wasWithin = false): boolean {
  const slack = wasWithin ? hysteresis : 0;
  const isAbove = above === undefined || (slack > 0 ? value >= above - slack : value > above);
  const isBelow = below === undefined || (slack > 0 ? value <= below + slack : value < below);
  const isBetween = between === undefined || (value >= between[0] - slack && value <= between[1] + slack);
  return isAbove && isBelow && isBetween;
}
