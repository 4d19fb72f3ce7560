import * as z from "zod";

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const pattern = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*$/;

const advice = "is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h";

/** The text as milliseconds. Undefined if it is not a number with one of the units ms, s, m, h, d. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = pattern.exec(text) ?? [];
  return unit === undefined ? undefined : Number(amount) * unitMs[unit as keyof typeof unitMs];
}

/**
 * An option written as `500ms`, `30s`, `5m`, `2h` or `1d`. The device gets milliseconds. `min` and `max` are written the same way and are
 * allowed themselves.
 */
export function duration(limits: { min: string; max: string }) {
  const minMs = parseDuration(limits.min) ?? 0;
  const maxMs = parseDuration(limits.max) ?? Number.POSITIVE_INFINITY;
  return z
    .string({ error: advice })
    .meta({ pattern: "^\\s*\\d+(\\.\\d+)?\\s*(ms|s|m|h|d)\\s*$|\\$\\{" })
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms;
      context.addIssue({
        code: "custom",
        message: ms === undefined ? advice : `is out of range; write a duration from ${limits.min} to ${limits.max}`,
      });
      return z.NEVER;
    });
}
