import * as z from "zod";
import type { SourceDocument } from "../../yaml/document.ts";

/** The value of a variable is text. Where true, false or a number is expected, the text is read as one. */
export function understandVariables(
  settings: Readonly<Record<string, unknown>>,
  options: z.ZodRawShape,
  source: SourceDocument,
  path: readonly string[],
): Record<string, unknown> {
  const understood: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value !== "string" || !source.isSubstituted([...path, name])) continue;
    const option = options[name];
    const schema = option instanceof z.ZodDefault || option instanceof z.ZodOptional ? option.unwrap() : option;
    if (schema instanceof z.ZodBoolean && /^(true|false)$/.test(value)) understood[name] = value === "true";
    if (schema instanceof z.ZodNumber && value.trim() !== "") understood[name] = Number(value);
  }
  return understood;
}
