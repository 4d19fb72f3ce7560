import * as z from "zod";
import type { Rest } from "./device-gpio.ts";
import type { Level, PinUse, Pull } from "./hardware/gpio.ts";
import { atPosition } from "./hardware/header.ts";
import { oncePerKind } from "./once-per-kind.ts";

const advice = "write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11";

/** The BCM number that the text or number means, or a clause that says why it means none. */
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

/** What a device does with a pin: a {@link PinUse} through a backend, or `driver` if a driver of its own reads it. */
export type PinRole = PinUse | "driver";

/**
 * What is known of a pin without running code of its kind. `safe-state`, the drawings, the warnings about booting and the scenarios read
 * it. Each value is a constant of the kind, or the name of the option that decides.
 */
export interface PinMeaning {
  /** Whether a low level means on. Default: false. */
  readonly activeLow?: boolean | string;
  /** The resistor that holds an input. Default: none. */
  readonly pull?: Pull | string;
  /** What an output does when the agent starts. Default: off. */
  readonly initial?: Rest | string;
  /** What an output does when the agent stops or has crashed. Default: off. */
  readonly rest?: Rest | string;
  /** What is wired to it, for the picture of the wiring, if that is not what the `wiring` of its kind says: "end stop". */
  readonly part?: string;
}

/** Marks the options that are pins, so that what holds for pins holds for every kind. */
const pinSchemas = z.registry<{ role: PinRole; meaning: PinMeaning }>();

/**
 * An option that names a pin. It is written as `17`, `GPIO17`, `BCM17` or `BOARD11`; the device gets the BCM number. `role` says what the
 * device does with the pin, and `meaning` says all else that others must know of it.
 */
export function pin(description: string, role: PinRole, meaning: PinMeaning = {}) {
  const schema = z
    .union([z.int(), z.string()], { error: `is not a pin; ${advice}` })
    .transform((value, context) => {
      const bcm = parsePin(value);
      if (typeof bcm === "number") return bcm;
      context.addIssue({ code: "custom", message: bcm.problem });
      return z.NEVER;
    })
    .describe(description);
  pinSchemas.add(schema, { role, meaning });
  return schema;
}

/** The options of a kind that are pins, with role and meaning. */
export const pinOptions = oncePerKind(
  (options): ReadonlyMap<string, { readonly role: PinRole; readonly meaning: PinMeaning }> => {
    const pins = new Map<string, { role: PinRole; meaning: PinMeaning }>();
    for (const [name, schema] of Object.entries(options)) {
      const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
      const marked = pinSchemas.get(inner as z.ZodType);
      if (marked !== undefined) pins.set(name, marked);
    }
    return pins;
  },
);

/** One pin that devices.yaml chose for a device, with all that is known of it. */
export interface ChosenPin {
  /** The option's name. */
  readonly option: string;
  /** The BCM number. */
  readonly pin: number;
  readonly role: PinRole;
  readonly activeLow: boolean;
  readonly pull: Pull;
  readonly initial: Rest;
  readonly rest: Rest;
  /** What is wired to it; absent: what the `wiring` of its kind says. */
  readonly part?: string | undefined;
}

/** The pins of a device, in the order of its kind's options. Optional pins that were not chosen are left out. */
export function chosenPins(kind: z.ZodRawShape, options: Readonly<Record<string, unknown>>): readonly ChosenPin[] {
  return [...pinOptions(kind)].flatMap(([option, { role, meaning }]) => {
    const chosen = options[option];
    if (typeof chosen !== "number") return [];
    return [
      {
        option,
        pin: chosen,
        role,
        activeLow: decided<boolean>(meaning.activeLow, [true, false], false, options),
        pull: decided<Pull>(meaning.pull, ["up", "down", "none"], "none", options),
        initial: decided<Rest>(meaning.initial, rests, "off", options),
        rest: decided<Rest>(meaning.rest, rests, "off", options),
        part: meaning.part,
      },
    ];
  });
}

const rests: readonly Rest[] = ["off", "on", "keep"];

/** The constant, or the value of the option of that name. `usual` if neither gives a known value. */
function decided<Value>(
  meant: unknown,
  known: readonly Value[],
  usual: Value,
  options: Readonly<Record<string, unknown>>,
): Value {
  const value = typeof meant === "string" && !known.includes(meant as Value) ? options[meant] : meant;
  return known.find((one) => one === value) ?? usual;
}

/** The physical level of a pin that means on or off. */
export function levelFor(on: boolean, { activeLow }: Pick<ChosenPin, "activeLow">): Level {
  return on !== activeLow ? 1 : 0;
}

/** The share of the time that a pin is high, 0 to 1, for the share of the time that its device is on. */
export function dutyFor(power: number, { activeLow }: Pick<ChosenPin, "activeLow">): number {
  return activeLow ? 1 - power : power;
}
