import { CORE_SCHEMA, load } from "js-yaml";

/** Variables, anchors, aliases and tags are left to the parser that knows places. */
const needsMore = /\$\{|[&*!]/;

/**
 * The value of a YAML text, read several times faster than by the parser that also knows where everything stands, or
 * undefined when the text is not plain or not right: then that one has to read it anyway. Both know YAML 1.2's core schema.
 */
export function quickValue(text: string): { readonly value: unknown } | undefined {
  if (needsMore.test(text)) return undefined;
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) };
  } catch {
    return undefined;
  }
}
