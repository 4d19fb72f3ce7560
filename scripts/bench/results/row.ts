import type { Name } from "../contestants/contestant.ts";

/** What was set as a goal for the agent: its value, or its value divided by that of the floor. */
export interface Goal {
  readonly of: "value" | "ratio";
  readonly most?: number;
  readonly least?: number;
}

/** One line of the table: the same thing measured of each contestant. */
export interface Row {
  /** Unique and stable, kebab-case. */
  readonly id: string;
  /** What is measured, with its unit. */
  readonly title: string;
  readonly decimals: number;
  readonly values: Readonly<Partial<Record<Name, number>>>;
  /** The agent's value is divided by this one's. */
  readonly floor?: Name;
  readonly goal?: Goal;
}

/** The agent's value divided by that of the floor. Undefined where one of them was not measured. */
export function ratioOf({ values, floor }: Row): number | undefined {
  const [ours, theirs] = [values.agent, floor === undefined ? undefined : values[floor]];
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}

/** Whether the goal is reached. Undefined where there is none, and where it cannot be told. */
export function isMet(row: Row): boolean | undefined {
  const value = row.goal?.of === "ratio" ? ratioOf(row) : row.values.agent;
  if (row.goal === undefined || value === undefined || Number.isNaN(value)) return undefined;
  return value <= (row.goal.most ?? Number.POSITIVE_INFINITY) && value >= (row.goal.least ?? Number.NEGATIVE_INFINITY);
}
