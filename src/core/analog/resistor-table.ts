import * as z from "zod";
import { NoValue } from "../sensor/no-value.ts";
import { resistance } from "./resistance.ts";

/** So far beyond an end of its table, as a share of the table's span, a sender still counts as being at its end. */
const beyond = 0.05;

/** The option `table` of a channel: pairs of ohms and what they mean. The device gets them with rising ohms. */
export const tableOption = z
  .array(
    z.tuple([resistance({ zero: true }), z.number()], { error: "is no pair; write ohms and value, as in [180, 100]" }),
    {
      error: "is not a list; write pairs of ohms and value, as in [[10, 0], [180, 100]]",
    },
  )
  .min(2, { error: "has too few pairs; write at least two, as in [[10, 0], [180, 100]]" })
  .max(200, { error: "has too many pairs; write at most 200" })
  .transform((pairs, context) => {
    const sorted = [...pairs].sort(([a], [b]) => a - b);
    const twice = sorted.find(([ohms], index) => ohms === sorted[index + 1]?.[0]);
    if (twice === undefined) return sorted;
    context.addIssue({ code: "custom", message: `has ${twice[0]} ohms twice; remove one of the pairs` });
    return z.NEVER;
  });

/** A table with rising ohms, at least two pairs. */
export type ResistorTable = readonly (readonly [ohms: number, value: number])[];

/** What a resistance means: a straight line between the two neighbours in the table. */
export function valueInTable(table: ResistorTable, ohms: number): number | NoValue {
  const [first = [0, 0]] = table;
  const last = table.at(-1) ?? first;
  const slack = (last[0] - first[0]) * beyond;
  if (ohms < first[0] - slack)
    return new NoValue(`its ${Math.round(ohms)} ohms are below the table; it may be shorted`);
  if (ohms > last[0] + slack)
    return new NoValue(`its ${Math.round(ohms)} ohms are above the table; its wire may be broken`);
  const next = Math.max(
    1,
    table.findIndex(([one]) => one >= ohms),
  );
  const [from = first, to = last] = ohms >= last[0] ? [last, last] : [table[next - 1], table[next]];
  if (from[0] === to[0]) return to[1];
  const share = Math.max(0, (ohms - from[0]) / (to[0] - from[0]));
  return from[1] + share * (to[1] - from[1]);
}
