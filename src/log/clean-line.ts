import { cleanText } from "../core/text/clean-text.ts";

/** What JSON writes for a character that it cannot have as it is. A backslash before such a letter is taken for one too. */
const escaped = /\\[bfnrtu]/;

/**
 * A line of JSON in which all text is safe to show: names and values, whoever wrote them and however deep. Most lines need nothing,
 * and cost two searches.
 */
export function cleanLine(line: string): string {
  const json = line.trimEnd();
  if (!escaped.test(json) && cleanText(json) === json) return line;
  try {
    return `${JSON.stringify(cleaned(JSON.parse(json)))}\n`;
  } catch {
    return `${cleanText(json)}\n`;
  }
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner)]));
}
