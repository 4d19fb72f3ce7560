import * as z from "zod";
import { defineFilter } from "../filter.ts";

const digits = z.int().min(0).max(9);

/** Rounds to so many digits, a half away from 0 as C's roundf does. */
export const round = defineFilter({
  name: "round",
  summary: "Rounds to so many digits after the point, also written `{accuracy_decimals: 1}`.",
  examples: [1, { accuracy_decimals: 1 }],
  options: z.union([
    digits.transform((accuracy_decimals) => ({ accuracy_decimals })),
    z.strictObject({ accuracy_decimals: digits }),
  ]),
  make({ accuracy_decimals }) {
    const factor = 10 ** accuracy_decimals;
    // To 12 digits first: 1.005 * 100 is 100.49999999999999 for a computer.
    const half = (value: number) => Math.round(Number((Math.abs(value) * factor).toPrecision(12))) / factor;
    return { next: (value) => Math.sign(value) * half(value) };
  },
});
