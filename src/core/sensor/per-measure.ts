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

/**
 * An option with something for each measure. `example` is how one of them is written. Where the kind's names are not known, the names
 * are checked later, by `conflicts`.
 */
export function perMeasure<One extends z.ZodType>(one: One, names: MeasureNames | undefined, example: string) {
  if (names === undefined) return z.union([one, z.record(z.string(), one.optional())]);
  const all = [...names.own, ...names.derived];
  const [first = "temperature"] = names.own;
  const named = z.strictObject(Object.fromEntries(all.map((name) => [name, one.optional()])), {
    error: ({ code }) =>
      code === "unrecognized_keys"
        ? `is no measure of this kind; there are ${all.join(", ")}`
        : `is for no measure; write it below the name of one, as in ${first}: ${example}`,
  });
  return names.own.length === 1 ? z.union([one, named]) : named;
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
