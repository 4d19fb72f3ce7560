import * as z from "zod";
import { filterKinds } from "./index.ts";

const names = filterKinds.map(({ name }) => name).join(", ");
const onItsLine = "write each filter on a line of its own after a dash, as in - offset: -0.5";

/** One filter as it is written: its name, and what it needs. */
const written = z
  .strictObject(
    Object.fromEntries(
      filterKinds.map(({ name, summary, options, examples }) => [
        name,
        options.optional().meta({ description: summary, examples: [...examples] }),
      ]),
    ),
    {
      error: (issue) => {
        const { code, input } = issue;
        if (code === "unrecognized_keys") return belongsTo(input) ?? `is no filter; there are ${names}`;
        return typeof input === "string" ? withoutColon(input) : "is not a filter; write its name, a colon and a value";
      },
    },
  )
  .refine((filter) => Object.keys(filter).length === 1, {
    error: `is not one filter; ${onItsLine}`,
    // A name that no filter has is told of by itself.
    when: ({ issues }) => issues.length === 0,
  })
  // So that the schema for editors has the filters once, and not once for each measure of each kind.
  .meta({ id: "filter" });

/** The filters of one measure, as a list. */
export const filterList = z.array(written, { error: `is not a list; ${onItsLine}` });

/** What to do with options that are not indented enough, and so stand beside their filter, which has no value then. */
function belongsTo(written: unknown): string | undefined {
  const [name, value] = Object.entries(written ?? {})[0] ?? [];
  return value === null && filterKinds.some((kind) => kind.name === name)
    ? `belongs to ${name}; write it further to the right than that`
    : undefined;
}

/** What to write for a filter whose colon, or the space after it, is missing. The text itself may be the value of a variable. */
function withoutColon(text: string): string {
  const [, word, sign = ""] = /^\s*([a-z_]+)\s*([:=]?)/i.exec(text) ?? [];
  const meant = filterKinds.find(({ name }) => name === word?.toLowerCase());
  if (meant === undefined) return `is not a filter; ${onItsLine}`;
  const missing = sign === ":" ? "no space after its colon" : "no colon after its name";
  return `has ${missing}; write "- ${meant.name}: " and its value, as in - ${meant.name}: ${shown(meant.examples[0])}`;
}

/** What to write for a filter that stands where the name of a measure belongs, as a clause after its name; undefined for other words. */
export function filterAlone(word: string): string | undefined {
  const filter = filterKinds.find(({ name }) => name === word);
  return filter && `is a filter; write each after a dash, as in - ${word}: ${shown(filter.examples[0])}`;
}

function shown(example: unknown): string {
  return typeof example === "string"
    ? example
    : JSON.stringify(example)
        .replaceAll('"', "")
        .replaceAll(/([:,])/g, "$1 ");
}
