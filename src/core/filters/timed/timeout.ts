import * as z from "zod";
import type { Cancel } from "../../time/clock.ts";
import { duration } from "../../time/duration.ts";
import { defineFilter } from "../filter.ts";

const time = duration({ min: "100ms", max: "7d" });

/** Says something when no value came for some time. */
export const timeout = defineFilter({
  name: "timeout",
  summary:
    "Says each value, and null when none came for this time; with `{timeout: 5m, value: -1}` it says that number then, and with `value: last` the last one again. Devices that follow the sensor see that such a number is suspect.",
  examples: ["5m", { timeout: "5m", value: "last" }],
  options: z.union([
    time.transform((timeoutMs) => ({ timeout: timeoutMs, value: "nan" as const })),
    z.strictObject({
      timeout: time,
      value: z
        .union([z.number(), z.enum(["nan", "last"])], { error: "is not a number, nan or last; write one of these" })
        .default("nan"),
    }),
  ]),
  make({ timeout: timeoutMs, value: then }, { clock, emit }) {
    let cancel: Cancel = () => {};
    let last: number | null = null;
    return {
      next(value) {
        last = value;
        cancel();
        cancel = clock.after(timeoutMs, () => emit(then === "nan" ? null : then === "last" ? last : then, "made"));
        return value;
      },
      lost() {
        last = null;
      },
    };
  },
});
