import * as z from "zod";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import { clause } from "../sentences/clause.ts";

/** Long enough for a word, and short enough for drawings. */
const namePattern = /^[A-Za-z0-9_-]{1,20}$/;

const label = z.string().min(1);

const advice = "write its label, such as mcp23017, or {label: mcp23017, address: 0x20}";

const options = {
  label: label.describe("What it is: the part, such as mcp23017, or its label in gpiodetect."),
  address: z
    .int({ error: "is not an address; write it as 0x20" })
    .min(0)
    .max(0x7f, { error: "is not the address of a chip; write one from 0x00 to 0x7f" })
    .optional()
    .describe("Its address on the I2C bus, which tells chips of the same label apart; on SPI from 0 to 7."),
  device: z
    .string()
    .regex(/^[\w.:-]+$/, {
      error: "is not a device; write its name below /sys/bus/*/devices, such as 1-0020 or spi0.0",
    })
    .optional()
    .describe("Its device, such as 1-0020 for bus 1, which tells chips on different buses apart."),
};

const place = z.strictObject(options, {
  error: (issue) => {
    if (issue.code !== "unrecognized_keys") return undefined;
    const known = Object.keys(options);
    const [wrong = ""] = issue.keys;
    return `is no option of a chip${didYouMean(wrong, known) || `; there are ${known.join(", ")}`}`;
  },
});

/** A chip as it is written. What is wrong below it is told at its place there, and not for the whole. */
const chip = z
  .union(
    [
      label,
      z.looseObject({ label: z.unknown().optional(), address: z.unknown().optional(), device: z.unknown().optional() }),
    ],
    {
      error: `is not a chip; ${advice}`,
    },
  )
  .transform((written, context) => {
    const { data, error } = place.safeParse(typeof written === "string" ? { label: written } : written, {
      error: clause,
    });
    for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: written } as never);
    return data ?? z.NEVER;
  });

/** The chips besides the header's, by the names that pins have them by. */
export const chips = z
  .record(z.string(), chip, {
    error: ({ input }) =>
      Array.isArray(input) ? "is a list; write a name for each chip, as in {relays: mcp23017}" : undefined,
  })
  .default({})
  .transform((written, context): readonly NamedChip[] => {
    const keys = Object.keys(written).filter((name) => !namePattern.test(name));
    const message = "is not a name for a chip; write letters, digits, - and _, at most 20";
    if (keys.length > 0) context.issues.push({ code: "unrecognized_keys", keys, message, input: written });
    return Object.entries(written).map(([name, one]) => ({ name, ...one }));
  })
  .describe(
    "Chips besides the header's, such as relays: mcp23017. A pin of one is written as relays/3, and a pulse pin of a pca9685 so too. Default: none.",
  );
