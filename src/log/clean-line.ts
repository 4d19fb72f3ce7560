import { cleanText } from "../core/text/clean-text.ts";

/** How JSON writes characters that it cannot contain. A backslash before one of these letters matches too; that costs only time. */
const escaped = /\\[bfnrtu]/;

/** Makes all text in a line of JSON safe to show: names and values, at any depth. Most lines need no change and cost two searches. */
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
