import { around, type Drift } from "../simulation/pretend.ts";
import { describedMeasures, keysOf } from "./printed/printed-values.ts";

/** How these measures move when they are simulated: around the middle of their range. */
export function pretendedDrifts(written: unknown): Readonly<Record<string, Drift>> {
  const drifts = Object.entries(describedMeasures(written)).map(([name, { range: [low, high] = [0, 40] }]) => [
    name,
    around((low + high) / 2, (high - low) / 40, 120_000),
  ]);
  return Object.fromEntries(drifts);
}

/** A text in which these measures stand where they are looked for, for the simulation. */
export function pretendedText(written: unknown, values: Readonly<Record<string, number>>): string {
  const measures = Object.entries(describedMeasures(written));
  if (measures.every(([, { after: words }]) => words !== undefined))
    return measures.map(([name, { after: words }]) => `${words}${values[name]}\n`).join("");
  const [first] = measures;
  if (measures.length === 1 && first?.[1].json === undefined) return `${values[first?.[0] ?? ""]}\n`;
  let whole: unknown;
  for (const [name, { json = name }] of measures) whole = withValue(whole, keysOf(json), values[name]);
  return `${JSON.stringify(whole)}\n`;
}

/** JSON with a value at a place; what is on the way to it is made. */
function withValue(whole: unknown, [key, ...deeper]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const before = (whole ?? (/^\d+$/.test(key) ? [] : {})) as Record<string, unknown>;
  return Object.assign(before, { [key]: withValue(before[key], deeper, value) });
}
