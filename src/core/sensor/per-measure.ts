import * as z from "zod";

/** Something for each measure: by its name, or for a sensor with one measure the thing alone. */
export type PerMeasure<One> = One | Readonly<Record<string, One | undefined>>;

/** The names of a kind's measures, where its options do not decide them. */
export interface MeasureNames {
  /** What it measures by itself. */
  readonly own: readonly string[];
  /** What can be derived of that, if the option has a meaning for it. */
  readonly derived: readonly string[];
}

/** What an option with something for each measure is like. */
export interface MeasureOption<One> {
  readonly one: One;
  /** How one of them is written, in YAML. */
  readonly example: string;
  /** What a name means that no measure has, as a clause after the name; undefined for most. */
  explain?(name: string): string | undefined;
}

/** An option with something for each measure. Where the kind's names are not known, the names are checked later, by `conflicts`. */
export function perMeasure<One extends z.ZodType>(option: MeasureOption<One>, names: MeasureNames | undefined) {
  const { one, example } = option;
  if (names === undefined) return z.union([one, z.record(z.string(), one.optional())]);
  const all = [...names.own, ...names.derived];
  const [first = "temperature"] = names.own;
  const named = z.strictObject(Object.fromEntries(all.map((name) => [name, one.optional()])), {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? (option.explain?.(issue.keys[0] ?? "") ?? noMeasure("kind", all))
        : `does not say for which measure; write it below the name of one, as in ${first}: ${example}${others(names.own)}`,
  });
  return names.own.length === 1 ? z.union([one, named]) : named;
}

/** The clause for a name that no measure has: of the kind, or of this device where its options decide what it measures. */
export function noMeasure(owner: "kind" | "device", names: readonly string[]): string {
  const [only, another] = names;
  return `is no measure of this ${owner}; ${another === undefined ? `there is only ${only}` : `there are ${names.join(", ")}`}`;
}

function others(names: readonly string[]): string {
  return names.length > 1 ? `; there are ${names.join(", ")}` : "";
}

/** Whether it stands alone, without the name of a measure. */
export function isAlone(written: unknown): boolean {
  return typeof written !== "object" || written === null || Array.isArray(written);
}

/** What was written for each measure, by its name. What stands alone is for the first. */
export function byMeasure<One>(
  written: PerMeasure<One> | undefined,
  own: readonly string[],
): Readonly<Record<string, One | undefined>> {
  if (written === undefined) return {};
  return isAlone(written) ? { [own[0] ?? ""]: written as One } : (written as Readonly<Record<string, One | undefined>>);
}
