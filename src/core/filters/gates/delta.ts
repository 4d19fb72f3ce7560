import * as z from "zod";
import { defineFilter } from "../filter.ts";

const percent = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

/** `5%` as a share: 0.05. */
const share = z
  .string()
  .regex(percent, { error: "is not a number or a percentage; write one above 0, such as 0.5 or 5%" })
  .transform((text, context) => {
    const value = Number(percent.exec(text)?.[1]) / 100;
    if (value > 0) return { share: value };
    context.addIssue({ code: "custom", message: "is not above 0; write a percentage such as 5%" });
    return z.NEVER;
  });

/** Says nothing until the value has changed by so much. */
export const delta = defineFilter({
  name: "delta",
  summary:
    "Says a value only when it differs by this number or more from the one that was said last, or, written 5%, by this share of it.",
  examples: [0.2, "5%"],
  options: z.union([
    z
      .number()
      .positive({ error: "is not above 0" })
      .transform((value) => ({ value })),
    share,
  ]),
  gapMs: () => Number.POSITIVE_INFINITY,
  make(least) {
    let said: number | undefined;
    return {
      next(value) {
        if (said !== undefined) {
          const change = Math.abs(value - said);
          // A share of 0 is 0, and a value that stays the same has not changed (ESPHome, DeltaFilter::new_value).
          if (change === 0 || change < ("value" in least ? least.value : Math.abs(said) * least.share))
            return undefined;
        }
        said = value;
        return value;
      },
      lost() {
        // What comes next is news after nothing.
        said = undefined;
      },
    };
  },
});
