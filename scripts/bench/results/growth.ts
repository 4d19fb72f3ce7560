/** How a cost grows with what the agent has to do. */
export interface Growth {
  /** Unique and stable, kebab-case: also the name of the chart's file. */
  readonly id: string;
  /** What is measured. */
  readonly title: string;
  /** What grows: "devices". */
  readonly across: string;
  readonly unit: string;
  readonly at: readonly number[];
  /** The agent's costs come first; a floor may follow. */
  readonly series: readonly { readonly title: string; readonly costs: readonly number[] }[];
}

/** How the cost of the agent grows, as it is said for people. */
export interface Verdict {
  /** The exponent p of the curve a + b x^p that fits best; 0 where the cost does not grow. */
  readonly exponent: number;
  readonly isLinearOrBetter: boolean;
  /** What one more costs, over the whole range. */
  readonly perOne: number;
}

/** Noise bends a line a little. A cost that doubles at each doubling and a bit more, such as n log n, stays below it. */
const mostExponent = 1.25;
/**
 * A straight line is believed where what it leaves (root of the mean square) is at most this share of the mean cost. Memory grows in steps
 * of the garbage collector, and times tremble.
 */
const noise = 0.125;
/** A cost that changes by less than this share of its size is taken as one that does not grow. */
const flat = 0.05;

/** Judges the first series. A curve of at least four points is needed for an exponent that means something. */
export function verdictOf({ at, series }: Growth): Verdict {
  const costs = series[0]?.costs ?? [];
  const [first = 0, last = 0] = [costs[0], costs.at(-1)];
  const perOne = (last - first) / ((at.at(-1) ?? 0) - (at[0] ?? 0));
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  if (Math.max(...costs) - Math.min(...costs) <= flat * mean || last <= first)
    return { exponent: 0, isLinearOrBetter: true, perOne };
  const exponent = bestExponent(at, costs);
  const isStraight = Math.sqrt(squaresLeft(at, costs) / at.length) <= noise * mean;
  return { exponent, isLinearOrBetter: exponent <= mostExponent || isStraight, perOne };
}

/** Tries exponents from 0.1 to 3 and takes the one whose curve a + b x^p, with b > 0, leaves the smallest squares. */
function bestExponent(at: readonly number[], costs: readonly number[]): number {
  const exponents = Array.from({ length: 59 }, (_one, index) => (index + 2) / 20);
  const errors = exponents.map((exponent) =>
    squaresLeft(
      at.map((x) => x ** exponent),
      costs,
    ),
  );
  return exponents[errors.indexOf(Math.min(...errors))] ?? Number.NaN;
}

/** The sum of the squares between the values and the straight line that fits them best. */
function squaresLeft(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const both = xs.reduce((sum, x, index) => sum + (x - meanX) * ((ys[index] ?? 0) - meanY), 0);
  const slope = both / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (slope <= 0) return Number.POSITIVE_INFINITY;
  return xs.reduce((sum, x, index) => sum + ((ys[index] ?? 0) - meanY - slope * (x - meanX)) ** 2, 0);
}
