import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import type { Measured } from "../figures/figure.ts";
import { brokerName } from "../machine/broker.ts";
import { type Growth, verdictOf } from "./growth.ts";
import { isMet, type Row, ratioOf } from "./row.ts";
import { markdownTable } from "./table.ts";

/** Everything that one run has measured. */
export interface Report {
  readonly machine: Machine;
  readonly rows: readonly Row[];
  readonly growths: readonly Growth[];
  readonly notes: readonly string[];
}

/** Where it was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly broker: string;
  /** Of this repository, as git describes it. */
  readonly version: string;
}

/** This machine and the programs on it. */
export function machineHere(): Machine {
  const [first, ...others] = cpus();
  return {
    processor: first?.model.trim() ?? "unknown",
    cores: others.length + 1,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: `Linux ${release().split(".", 2).join(".")}`,
    node: process.version,
    broker: brokerName(),
    version: git("describe", "--always"),
  };
}

function git(...words: readonly string[]): string {
  try {
    return execFileSync("git", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
}

/** Puts together what the figures gave. */
export function reportOf(all: readonly Measured[], notes: readonly string[]): Report {
  return {
    machine: machineHere(),
    rows: all.flatMap(({ rows = [] }) => rows),
    growths: all.flatMap(({ growths = [] }) => growths),
    notes: [...notes, ...all.flatMap((one) => one.notes ?? [])],
  };
}

/** For programs: with the ratio and the answer of each goal. */
export function asJson({ rows, growths, ...others }: Report): string {
  const judged = {
    ...others,
    rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), met: isMet(row) })),
    growths: growths.map((growth) => ({ ...growth, ...verdictOf(growth) })),
  };
  // Four digits are more than any of them is exact to.
  return `${JSON.stringify(judged, (_key, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value), 2)}\n`;
}

/** For people: the table, how each cost grows, and what was left out. */
export function asText({ rows, growths, notes }: Report): string {
  return [
    ...(rows.length > 0 ? [markdownTable(rows)] : []),
    ...(growths.length > 0 ? [growthTable(growths)] : []),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
  ].join("\n\n");
}

/** A line for each growth. */
export function growthTable(growths: readonly Growth[]): string {
  const lines = growths.map((growth) => {
    const { title, across, unit, at, series } = growth;
    const { exponent, isLinearOrBetter, perOne } = verdictOf(growth);
    const costs = series[0]?.costs ?? [];
    const ends = `${figure(costs[0])} with ${at[0]}, ${figure(costs.at(-1))} with ${at.at(-1)?.toLocaleString("en")}`;
    const more = exponent === 0 ? "does not grow" : `${figure(perOne)} for each more`;
    return `| ${title}, ${unit}, by ${across} | ${ends} | ${more} | ${exponent.toFixed(2)} | ${isLinearOrBetter ? "yes" : "**no**"} |`;
  });
  return [
    "| cost | at both ends | one more costs | exponent | linear or better |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

/** Three digits, whatever the size. */
function figure(value = Number.NaN): string {
  return Number.isNaN(value) ? "-" : Number(value.toPrecision(3)).toString();
}
