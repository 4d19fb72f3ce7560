import * as z from "zod";
import type { PinUse } from "./gpio.ts";
import { atPosition } from "./header.ts";

const advice = "write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11";

/** The BCM number that the text or number stands for, or the clause that says why there is none. */
export function parsePin(value: number | string): number | { problem: string } {
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

/** What a device does with a pin: one of {@link PinUse} through a backend, or nothing, as a driver of its own reads it. */
export type PinRole = PinUse | "driver";

/** Marks the options that are pins, so that all that goes for pins goes for every kind. */
const pinSchemas = z.registry<{ role: PinRole }>();

/**
 * An option that names a pin. Written as `17`, `GPIO17`, `BCM17` or `BOARD11`; the device gets the BCM number. The role says
 * what the device does with it; where that depends on a level, the option `active_low` beside it says which one means on.
 */
export function pin(description: string, role: PinRole) {
  const schema = z
    .union([z.int(), z.string()], { error: `is not a pin; ${advice}` })
    .transform((value, context) => {
      const bcm = parsePin(value);
      if (typeof bcm === "number") return bcm;
      context.addIssue({ code: "custom", message: bcm.problem });
      return z.NEVER;
    })
    .describe(description);
  pinSchemas.add(schema, { role });
  return schema;
}

/** The options that are pins, with their roles. */
export function pinOptions(options: z.ZodRawShape): ReadonlyMap<string, PinRole> {
  const roles = new Map<string, PinRole>();
  for (const [name, schema] of Object.entries(options)) {
    const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const role = pinSchemas.get(inner as z.ZodType)?.role;
    if (role !== undefined) roles.set(name, role);
  }
  return roles;
}

/** One pin of a device as its owner chose it. */
export interface ChosenPin {
  /** The option's name. */
  readonly option: string;
  /** The BCM number. */
  readonly pin: number;
  readonly role: PinRole;
}

/** The pins that a device has, in the order of its kind's options. */
export function chosenPins(kind: z.ZodRawShape, options: Readonly<Record<string, unknown>>): readonly ChosenPin[] {
  return [...pinOptions(kind)].flatMap(([option, role]) => {
    const chosen = options[option];
    return typeof chosen === "number" ? [{ option, pin: chosen, role }] : [];
  });
}
