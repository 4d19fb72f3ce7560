import type { Name } from "../contestants/contestant.ts";
import { type Goal, isMet, type Row, ratioOf } from "./row.ts";

const columns: readonly [Name, string][] = [
  ["agent", "pi2mqtt"],
  ["echo-q1", "echo QoS 1"],
  ["echo-q0", "echo QoS 0"],
  ["c", "C echo"],
  ["peer", "mqtt-io"],
];
const nameOf = new Map(columns);

/** The table as Markdown, with columns of equal width. A contestant that was not measured at all has no column. */
export function markdownTable(rows: readonly Row[]): string {
  const present = columns.filter(([name]) => rows.some(({ values }) => values[name] !== undefined));
  const head = ["figure", ...present.map(([, title]) => title), "ratio to", "goal", "met"];
  const lines = rows.map((row) => [
    row.title,
    ...present.map(([name]) => numberText(row.values[name], row.decimals)),
    ratioText(row),
    goalText(row.goal, row.floor),
    metText(isMet(row)),
  ]);
  const widths = head.map((_title, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [text(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.map(text)].join("\n");
}

function numberText(value: number | undefined, decimals: number): string {
  if (value === undefined) return "";
  return Number.isNaN(value) ? "-" : value.toFixed(decimals);
}

function ratioText(row: Row): string {
  const ratio = ratioOf(row);
  return ratio === undefined || !Number.isFinite(ratio) ? "" : `${ratio.toFixed(2)} x ${nameOf.get(row.floor as Name)}`;
}

function goalText(goal: Goal | undefined, floor: Name | undefined): string {
  if (goal === undefined) return "";
  const limit = goal.most === undefined ? `at least ${goal.least}` : `at most ${goal.most}`;
  return goal.of === "value" || floor === undefined ? limit : `${limit} x`;
}

function metText(met: boolean | undefined): string {
  if (met === undefined) return "";
  return met ? "yes" : "**no**";
}
