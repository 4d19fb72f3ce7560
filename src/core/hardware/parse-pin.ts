import * as z from "zod";
import { atPosition } from "./header.ts";
import { chipPin, type PinName } from "./pin-name.ts";

const onHeader = "the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11";

const pinAdvice = `write ${onHeader}, or the line of a named chip, such as relays/3`;

const headerPinAdvice = `write ${onHeader}`;

/**
 * The pin that the text or number means, or a clause that says why it means none. Whether there is such a chip, and such a line in it, is
 * not known here.
 */
export function parsePin(value: number | string): PinName | { problem: string } {
  const [, chip, line] = /^\s*([A-Za-z0-9_-]{1,64})\s*\/\s*(\d{1,4})\s*$/.exec(String(value)) ?? [];
  if (chip !== undefined) return chipPin({ chip, line: Number(line) });
  return parseHeaderPin(value, pinAdvice);
}

/** As {@link parsePin}, but a pin of the header only. `advice` says what to write. */
function parseHeaderPin(value: number | string, advice = headerPinAdvice): number | { problem: string } {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  const [, notation, digits] = /^\s*(GPIO|BCM|BOARD)?\s*(\d{1,4})\s*$/i.exec(String(value)) ?? [];
  if (digits === undefined) return { problem: `is not a pin; ${advice}` };
  if (notation?.toUpperCase() !== "BOARD") return Number(digits);
  const bcm = atPosition(Number(digits));
  if (typeof bcm === "number") return bcm;
  return {
    problem:
      bcm === undefined
        ? `is not on the header, which has positions 1 to 40; ${advice}`
        : `is power or ground, not a GPIO; choose another position of the header`,
  };
}

/** A pin as users write it: `17`, `GPIO17`, `BCM17`, `BOARD11`, or `relays/3`. */
export type WrittenPin = number | string;

/** The schema of one pin, which gives its normalised name. With `headerOnly` it is a BCM number. */
export function pinSchema(headerOnly: boolean): z.ZodType<PinName, WrittenPin> {
  const [read, advice] = headerOnly ? [parseHeaderPin, headerPinAdvice] : [parsePin, pinAdvice];
  return z.union([z.int(), z.string()], { error: `is not a pin; ${advice}` }).transform((value, context) => {
    const name = read(value);
    if (typeof name !== "object") return name;
    context.addIssue({ code: "custom", message: name.problem });
    return z.NEVER;
  });
}
