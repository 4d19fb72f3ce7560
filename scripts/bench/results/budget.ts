import { type Row, ratioOf } from "./row.ts";

/** A figure that may not become worse. Smaller is better. */
export interface Measure {
  /** The id of its row. */
  readonly id: string;
  /** The agent's value, or its ratio to the floor. */
  readonly of: "value" | "ratio";
  /** It may always be worse by this much, whatever the committed value is. */
  readonly slack?: number;
}

/** The part of a committed value that may be lost. */
const mostLoss = 0.25;

/** What was measured, by the ids of the rows. What this machine cannot measure is not there. */
export function measuredOf(measures: readonly Measure[], rows: readonly Row[]): Record<string, number> {
  const found = measures.flatMap(({ id, of }): [string, number][] => {
    const row = rows.find((one) => one.id === id);
    const value = row === undefined ? undefined : of === "ratio" ? ratioOf(row) : row.values.agent;
    return value === undefined ? [] : [[id, Number(value.toPrecision(4))]];
  });
  return Object.fromEntries(found);
}

/** The smaller one of each value. */
export function better(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const ids = Object.keys({ ...one, ...other });
  return Object.fromEntries(ids.map((id) => [id, Math.min(one[id] ?? Infinity, other[id] ?? Infinity)]));
}

/** A line for each measure, and the ids of those that have lost too much. */
export function losses(
  measures: readonly Measure[],
  committed: Readonly<Record<string, number>>,
  measured: Readonly<Record<string, number>>,
): { lines: readonly string[]; lost: readonly string[] } {
  const lost: string[] = [];
  const lines = measures.map(({ id, slack = 0 }) => {
    const [before, now] = [committed[id], measured[id]];
    if (now === undefined) return `${id}: cannot be measured here`;
    if (before === undefined) {
      lost.push(id);
      return `${id}: ${now}; budget.json has no value: run "npm run bench -- budget --write" and commit it`;
    }
    const limit = Math.max(before * (1 + mostLoss), before + slack);
    // Also what is no number has failed.
    const isLost = !(now <= limit);
    if (isLost) lost.push(id);
    const change = before > 0 ? ` (${now >= before ? "+" : ""}${Math.round((now / before - 1) * 100)} %)` : "";
    return `${id}: ${now}, committed ${before}${change}${isLost ? `; the most is ${Number(limit.toPrecision(4))}: FAILED` : ""}`;
  });
  return { lines, lost };
}
