import type * as z from "zod";

/**
 * Does once for each kind what is done with its options for each device. A kind's options are one object, which never changes; what
 * is found in them must not be changed either.
 */
export function oncePerKind<Found>(find: (options: z.ZodRawShape) => Found): (options: z.ZodRawShape) => Found {
  const found = new WeakMap<z.ZodRawShape, { readonly value: Found }>();
  return (options) => {
    let known = found.get(options);
    if (known === undefined) {
      known = { value: find(options) };
      found.set(options, known);
    }
    return known.value;
  };
}
