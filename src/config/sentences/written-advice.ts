/**
 * What to write in place of a number in quotes or brackets, or with a unit or a comma, such as 3ms or 21,5, as a clause. `written` is the
 * text in the file, which has the names of variables and not what they stand for.
 */
export function numberAdvice(expected: string, written: string): string {
  const text = written.trim();
  const isWhole = /^(0x[\da-f]+|[-+]?\d+)$/i.test(text);
  if (isWhole || (expected === "number" && /^[-+]?(\d+\.\d*|\.\d+)$/.test(text)))
    return `; write ${text} without quotes`;
  const [, comma, inBrackets] = /^([-+]?\d+,\d+)$|^\[\s*([-+]?[\d.]+)\s*\]$/.exec(text) ?? [];
  if (comma !== undefined) return `; write it with a point: ${comma.replace(",", ".")}`;
  if (inBrackets !== undefined) return `; write it without brackets: ${inBrackets}`;
  if (/^[-+]?[\d.,]+\s*%$/.test(text)) return "; write a number without %";
  const [, number] = /^([-+]?\d+(?:[.,]\d+)?)\s*[^\d\s.,]/.exec(text) ?? [];
  return number === undefined ? "" : `; write it without a unit: ${number.replace(",", ".")}`;
}

/** Beginnings of units of time, in words and in other languages, and what is written for them. */
const units: readonly (readonly [RegExp, string])[] = [
  [/^(ms|milli)/, "ms"],
  [/^(m$|min)/, "m"],
  [/^(s|sec|sek)/, "s"],
  [/^(h|hour|stunde|std)/, "h"],
  [/^(d|day|tag)/, "d"],
];

/** What to write in place of a time such as `30` or `10 minutes`; undefined where that is not clear. */
export function durationAdvice(written: string): string | undefined {
  const [, number, word = ""] = /^\s*(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?\s*$/i.exec(written) ?? [];
  if (number === undefined) return undefined;
  const amount = number.replace(",", ".");
  if (word === "") return `write its unit too, such as ${amount}s for seconds`;
  const unit = units.find(([beginning]) => beginning.test(word.toLowerCase()))?.[1];
  return unit && `write ${amount}${unit}`;
}
