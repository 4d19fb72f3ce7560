import { z } from "zod";

/** GPIO by position on the 40-pin header, the same on every Pi since 2014. Positions that are missing carry power. */
// biome-ignore format: a table
const bcmByBoardPosition: Readonly<Record<number, number>> = {
  3: 2, 5: 3, 7: 4, 8: 14, 10: 15, 11: 17, 12: 18, 13: 27, 15: 22, 16: 23, 18: 24, 19: 10, 21: 9, 22: 25, 23: 11,
  24: 8, 26: 7, 27: 0, 28: 1, 29: 5, 31: 6, 32: 12, 33: 13, 35: 19, 36: 16, 37: 26, 38: 20, 40: 21,
};

/** GPIO 0 to 27 are on the 40-pin header. */
export const lastHeaderPin = 27;

/** GPIO 0 and 1 talk to the EEPROM of a HAT at power-on; driving them can confuse the firmware. */
export const reservedPins: readonly number[] = [0, 1];

const advice = "write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11";

/** The BCM number that the text or number stands for, or the clause that says why there is none. */
export function parsePin(value: number | string): number | { problem: string } {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  const [, notation, digits] = /^\s*(GPIO|BCM|BOARD)?\s*(\d{1,4})\s*$/i.exec(String(value)) ?? [];
  if (digits === undefined) return { problem: `is not a pin; ${advice}` };
  if (notation?.toUpperCase() !== "BOARD") return Number(digits);
  const bcm = bcmByBoardPosition[Number(digits)];
  if (bcm !== undefined) return bcm;
  const onHeader = Number(digits) >= 1 && Number(digits) <= 40;
  return {
    problem: onHeader
      ? `is power or ground, not a GPIO; choose another position of the header`
      : `is not on the header, which has positions 1 to 40; ${advice}`,
  };
}

/** Marks the options that are pins, so that one pin used twice is found whatever the kinds. */
const pinSchemas = z.registry<{ pin: true }>();

/** An option that claims a pin. Written as `17`, `GPIO17`, `BCM17` or `BOARD11`; the device gets the BCM number. */
export function pin(description: string) {
  const schema = z
    .union([z.int(), z.string()], { error: `is not a pin; ${advice}` })
    .transform((value, context) => {
      const bcm = parsePin(value);
      if (typeof bcm === "number") return bcm;
      context.addIssue({ code: "custom", message: bcm.problem });
      return z.NEVER;
    })
    .describe(description);
  pinSchemas.add(schema, { pin: true });
  return schema;
}

/** The names of the options that claim a pin. */
export function pinOptionNames(options: z.ZodRawShape): readonly string[] {
  return Object.keys(options).filter((name) => {
    const schema = options[name];
    return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
      ? pinSchemas.has(schema.unwrap() as z.ZodType)
      : schema !== undefined && pinSchemas.has(schema as z.ZodType);
  });
}
