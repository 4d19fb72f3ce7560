/** A way to change what is measured: `raise` is to heat or to humidify, `lower` is to cool or to dry. */
export type Direction = "raise" | "lower";

/** What is wanted, or what really happens. */
export type Demand = Direction | "idle";

/** Where raising and lowering end, in the unit of the measure. Undefined: this is not allowed now. */
export interface Targets {
  readonly raise?: number | undefined;
  readonly lower?: number | undefined;
}

/** Decides by readings what is wanted. */
export interface Control {
  /** What is wanted at a good reading, after what was wanted before. */
  decide(value: number, targets: Targets, before: Demand): Demand;
  /** In how many milliseconds it may decide otherwise by the same reading. Undefined: never. */
  changesInMs(): number | undefined;
  /** The share of the time for which it is on now, in whole percent. Absent: it knows no shares. */
  readonly duty?: number;
}

/** Begins `hysteresis` away from the target, and ends at the target. */
export function twoPoint(hysteresis: number): Control {
  return {
    decide(value, { raise, lower }, before) {
      const isWanted = (direction: Direction, missing: number | undefined) =>
        missing !== undefined && (missing >= hysteresis || (before === direction && missing > 0));
      if (isWanted("raise", difference(raise, value))) return "raise";
      return isWanted("lower", difference(value, lower)) ? "lower" : "idle";
    },
    changesInMs: () => undefined,
  };
}

/** To a thousandth: 20.3 less 20.2 is not 0.1 for a computer. */
export function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : Number((one - other).toFixed(3));
}
