import * as z from "zod";
import { filterKinds } from "./index.ts";

const names = filterKinds.map(({ name }) => name).join(", ");

/** One filter as it is written: its name, and what it needs. */
const written = z
  .strictObject(
    Object.fromEntries(filterKinds.map(({ name, summary, options }) => [name, options.optional().describe(summary)])),
    { error: (issue) => (issue.code === "unrecognized_keys" ? `is no filter; there are ${names}` : undefined) },
  )
  .refine((filter) => Object.keys(filter).length === 1, {
    error: "is not one filter; write each on a line of its own after a dash, such as - offset: -0.5",
    // A name that no filter has is told of by itself.
    when: ({ issues }) => issues.length === 0,
  })
  // So that the schema for editors has the filters once, and not once for each measure of each kind.
  .meta({ id: "filter" });

/** The filters of one measure, as a list. */
export const filterList = z.array(written, {
  error: "is not a list; write each filter on a line of its own after a dash",
});
