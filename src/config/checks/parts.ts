import * as z from "zod";

/**
 * The options that are valid, each checked alone, with their defaults. They can be compared with the rest of the file even if another
 * option is wrong. Options without a value are left out.
 */
export function validParts(
  shape: z.ZodRawShape,
  written: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const parts = Object.entries(shape).flatMap(([name, schema]) => {
    const { data } = z.safeParse(schema, written[name]);
    return data === undefined ? [] : [[name, data]];
  });
  return Object.fromEntries(parts);
}
