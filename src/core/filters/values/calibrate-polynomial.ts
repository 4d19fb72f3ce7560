import * as z from "zod";
import { defineFilter } from "../filter.ts";
import { type Datapoint, datapoints } from "./datapoints.ts";

/** Corrects by a curve through points that were measured. */
export const calibratePolynomial = defineFilter({
  name: "calibrate_polynomial",
  summary: "Corrects as calibrate_linear does, by the polynomial of this degree that fits the points best.",
  examples: [{ degree: 2, datapoints: ["0.0 -> 0.0", "10.0 -> 12.1", "13.0 -> 14.0"] }],
  options: z
    .strictObject({ degree: z.int().min(1).max(9), datapoints: datapoints(1) })
    .refine(({ degree, datapoints: list }) => new Set(list.map(({ from }) => from)).size > degree, {
      error: "has too few points for its degree; write at least one more different point than the degree",
    }),
  make({ degree, datapoints: list }) {
    const coefficients = fittingPolynomial(list, degree);
    return { next: (value) => coefficients.reduceRight((sum, one) => sum * value + one, 0) };
  },
});

/** The coefficients with the least sum of squared distances, that of the lowest power first: the normal equations, solved. */
function fittingPolynomial(list: readonly Datapoint[], degree: number): readonly number[] {
  const powers = Array.from({ length: degree + 1 }, (_one, power) => power);
  const sum = (of: (point: Datapoint) => number) => list.reduce((total, point) => total + of(point), 0);
  const rows = powers.map((row) => [
    ...powers.map((column) => sum(({ from }) => from ** (row + column))),
    sum(({ from, to }) => to * from ** row),
  ]);
  return solved(rows);
}

/** Solves linear equations, each a row with its right side at the end, by elimination with the largest pivot. */
function solved(rows: number[][]): readonly number[] {
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const left = rows.slice(column);
    const largest = left.reduce((a, b) => (Math.abs(b[column] as number) > Math.abs(a[column] as number) ? b : a));
    rows.splice(rows.indexOf(largest), 1);
    rows.splice(column, 0, largest);
    for (const row of rows) {
      if (row === largest) continue;
      const factor = (row[column] as number) / (largest[column] as number);
      for (let index = column; index <= size; index += 1)
        row[index] = (row[index] as number) - factor * (largest[index] as number);
    }
  }
  return rows.map((row, index) => (row[size] as number) / (row[index] as number));
}
