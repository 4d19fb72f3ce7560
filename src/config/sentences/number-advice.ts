import type * as z from "zod";

/**
 * What to write in place of a number in quotes, or with a unit or a comma, such as 3ms or 21,5, as a clause. `written` is the text in the
 * file, which has the names of variables and not what they stand for.
 */
export function numberAdvice({ message }: z.core.$ZodIssue, written: string): string {
  if (message.includes(";")) return "";
  const text = written.trim();
  if (/^0x[\da-f]+$/i.test(text) || /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return `; write ${text} without quotes`;
  if (/^[-+]?\d+,\d+$/.test(text)) return `; write it with a point: ${text.replace(",", ".")}`;
  const [, number] = /^([-+]?\d+(?:[.,]\d+)?)\s*[^\d\s.,]/.exec(text) ?? [];
  return number === undefined ? "" : `; write it without a unit: ${number.replace(",", ".")}`;
}
