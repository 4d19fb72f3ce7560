import * as z from "zod";

/**
 * The options that hold, each checked for itself, with their defaults: what can be compared with the rest of the file though another
 * option beside it is wrong. Options without a value are left out.
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
