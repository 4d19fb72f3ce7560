import * as z from "zod";
import type { Initial, Rest } from "./device-gpio.ts";
import type { Level, PinUse, Pull } from "./hardware/gpio.ts";
import { pinSchema, type WrittenPin } from "./hardware/parse-pin.ts";
import type { PinName } from "./hardware/pin-name.ts";
import { oncePerKind } from "./once-per-kind.ts";

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
  readonly initial?: Initial | string;
  /** What an output does when the agent stops or has crashed. Default: off. */
  readonly rest?: Rest | string;
  /** What is wired to it, for the picture of the wiring, if that is not what the `wiring` of its kind says: "end stop". */
  readonly part?: string;
}

/** What is known of an option that is a pin or a list of pins. */
export interface PinOption {
  readonly role: PinRole;
  readonly meaning: PinMeaning;
  /** Whether the option is a list of pins. */
  readonly isList: boolean;
}

/** Marks the options that are pins, so that what holds for pins holds for every kind. */
const pinSchemas = z.registry<PinOption>();

/**
 * An option that names a pin. It is written as `17`, `GPIO17`, `BCM17`, `BOARD11`, or as `NAME/LINE` for the line of a chip that
 * `gpio.chips` names. The device gets the pin's normalised name, and only hands it on. `role` says what the device does with the pin, and
 * `meaning` says all else that others must know of it. A pin that a driver reads is one of the header, and the device gets its BCM number.
 */
export function pin(description: string, role: "driver", meaning?: PinMeaning): z.ZodType<number, WrittenPin>;
export function pin(description: string, role: PinRole, meaning?: PinMeaning): z.ZodType<PinName, WrittenPin>;
export function pin(description: string, role: PinRole, meaning: PinMeaning = {}): z.ZodType<PinName, WrittenPin> {
  const schema = pinSchema(role === "driver").describe(description);
  pinSchemas.add(schema, { role, meaning, isList: false });
  return schema;
}

/**
 * An option that is a list of pins, such as `speed_pins: [17, 27, 22]`. Each is written as for {@link pin}, and `role` and `meaning` hold
 * for each. `min` and `max` say how many there are.
 */
export function pins(
  description: string,
  role: Exclude<PinRole, "driver">,
  meaning: PinMeaning,
  { min, max }: { readonly min: number; readonly max: number },
): z.ZodType<readonly PinName[], readonly WrittenPin[]> {
  const howMany = min === max ? String(min) : `${min} to ${max}`;
  const schema = z
    .array(pinSchema(false), { error: `is not a list of pins; write ${howMany} of them, as in [17, 27]` })
    .min(min, { error: `has too few pins; write ${howMany}` })
    .max(max, { error: `has too many pins; write ${howMany}` })
    .describe(description);
  pinSchemas.add(schema, { role, meaning, isList: true });
  return schema;
}

/** The options of a kind that are pins or lists of pins, with role and meaning. */
export const pinOptions = oncePerKind((options): ReadonlyMap<string, PinOption> => {
  const found = new Map<string, PinOption>();
  for (const [name, schema] of Object.entries(options)) {
    const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const marked = pinSchemas.get(inner as z.ZodType);
    if (marked !== undefined) found.set(name, marked);
  }
  return found;
});

/** One pin that devices.yaml chose for a device, with all that is known of it. */
export interface ChosenPin {
  /** The option's name. */
  readonly option: string;
  /** Where the pin is written within the device's options: the option, and its place in it if the option is a list. */
  readonly path: readonly (string | number)[];
  /** Which of the device's pins it is, for people: "open" for `open_pin`, "speed 2" for the second of `speed_pins`. */
  readonly which: string;
  readonly pin: PinName;
  readonly role: PinRole;
  readonly activeLow: boolean;
  readonly pull: Pull;
  readonly initial: Initial;
  readonly rest: Rest;
  /** What is wired to it; absent: what the `wiring` of its kind says. */
  readonly part?: string | undefined;
}

type Options = Readonly<Record<string, unknown>>;

/** What was found of each kind's devices: many ask, and the options of a device never change. */
const foundPins = oncePerKind(() => new WeakMap<Options, readonly ChosenPin[]>());

/** The pins of a device, in the order of its kind's options. Optional pins that were not chosen are left out. */
export function chosenPins(kind: z.ZodRawShape, options: Options): readonly ChosenPin[] {
  const ofKind = foundPins(kind);
  const found = ofKind.get(options) ?? findPins(kind, options);
  ofKind.set(options, found);
  return found;
}

function findPins(kind: z.ZodRawShape, options: Options): readonly ChosenPin[] {
  const found = [...pinOptions(kind)].flatMap(([option, { role, meaning }]) =>
    placesIn(option, options[option]).map(({ path, which, pin }) => ({
      option,
      path,
      which,
      pin,
      role,
      activeLow: decided<boolean>(meaning.activeLow, [true, false], false, options),
      pull: decided<Pull>(meaning.pull, ["up", "down", "none"], "none", options),
      initial: decided<Initial>(meaning.initial, [...rests, "last"], "off", options),
      rest: decided<Rest>(meaning.rest, rests, "off", options),
      part: meaning.part,
    })),
  );
  // A list that has grown keeps room for more. A copy has none, and there is one for each device for as long as the agent runs.
  return found.slice();
}

/** The pins that the checked value of an option names. */
function placesIn(option: string, value: unknown): Pick<ChosenPin, "path" | "which" | "pin">[] {
  const called = option.replace(/_pins?$|^pins?_|^pins$/, "");
  if (isPinName(value)) return [{ path: [option], which: called, pin: value }];
  if (!Array.isArray(value)) return [];
  return value
    .map((pin, index) => ({ path: [option, index], which: `${called} ${index + 1}`.trim(), pin }))
    .filter((place) => isPinName(place.pin));
}

function isPinName(value: unknown): value is PinName {
  return typeof value === "number" || typeof value === "string";
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
