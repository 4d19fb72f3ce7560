import { stringify } from "yaml";
import * as z from "zod";
import { optionsFor } from "../../src/config/schema/config-schemas.ts";
import { type DeviceKind, exampleDevices } from "../../src/core/kind.ts";
import { linkOptions } from "../../src/core/link.ts";
import { pinOptions } from "../../src/core/pin.ts";

/** A value that an option must refuse. */
export interface WrongValue {
  readonly option: string;
  readonly value: unknown;
}

/** The parts of an option's JSON schema that say what it takes. */
interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly OptionSchema[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly items?: OptionSchema;
}

/** For Home Assistant's options there are tests of their own: what the agent does not know is passed on. */
const passedOn = ["home_assistant"];

/** Wrong values of every option of a kind, derived from the option's own schema. */
export function wrongValues(kind: DeviceKind): readonly WrongValue[] {
  const options = optionsFor(kind);
  return Object.entries(options).flatMap(([option, schema]) => {
    if (passedOn.includes(option)) return [];
    const values = [
      ...(pinOptions(options).has(option) ? ["seventeen", "BOARD1", "BOARD99", -1, 1.5] : []),
      ...(linkOptions(options).has(option) ? ["no device", "a.b.c", "nowhere", 5] : []),
      ...wrongFor(z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" }) as OptionSchema),
      ["an item"],
      { nonsense: 1 },
    ];
    const refused = values.filter((value) => !(schema as z.ZodType).safeParse(value).success);
    const linksToNothing = linkOptions(options).has(option) ? ["nowhere"] : [];
    return [...refused, ...linksToNothing].map((value) => ({ option, value }));
  });
}

/** Values just outside of what a schema takes, and values of another type. */
function wrongFor(schema: OptionSchema): readonly unknown[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(wrongFor);
  if (schema.enum !== undefined) return ["no_such_word", `${String(schema.enum[0])}x`, 5, true];
  switch (schema.type) {
    case "boolean":
      return ["perhaps", 5];
    case "number":
    case "integer":
      return ["a word", true, Number.NaN, ...beyond(schema), ...(schema.type === "integer" ? [1.5] : [])];
    case "string":
      // A duration has its limits in no schema: what is refused of these is outside of them.
      return schema.pattern === undefined || !"30s".match(schema.pattern)
        ? [5, true, "x".repeat((schema.maxLength ?? 0) + 1), ""]
        : [30, "soon", "30", "-1s", "0.5ms", "0ms", "1ms", "10ms", "100ms", "999ms", "59s", "25h", "8d", "31d", "400d"];
    case "object":
      return ["a word", 5, ...Object.entries(schema.properties ?? {}).flatMap(wrongBelow)];
    case "array":
      return ["a word", 5, ...(schema.items === undefined ? [] : wrongFor(schema.items).map((value) => [value]))];
    default:
      return [5, "a word"];
  }
}

const wrongBelow = ([key, schema]: [string, OptionSchema]) => wrongFor(schema).map((value) => ({ [key]: value }));

function beyond({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: OptionSchema): readonly number[] {
  // The limits of whole numbers in JavaScript are nobody's choice.
  const isChosen = (limit: number | undefined): limit is number =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  return [
    ...(isChosen(minimum) ? [minimum - 1] : []),
    ...(isChosen(maximum) ? [maximum + 1, Number.POSITIVE_INFINITY] : []),
    ...(isChosen(exclusiveMinimum) ? [exclusiveMinimum] : []),
    ...(isChosen(exclusiveMaximum) ? [exclusiveMaximum] : []),
  ];
}

/** An option in a devices.yaml. */
export interface OptionPlace {
  readonly path: string;
  /** The first and the last line of it, counted from 1. */
  readonly lines: readonly [first: number, last: number];
}

/** A devices.yaml with one device for each value: the kind's example with the option written so, at the end. */
export function exampleWithEach(kind: DeviceKind, option: string, values: readonly unknown[]) {
  const { [option]: _before, ...rest } = { kind: kind.kind, ...kind.example } as Record<string, unknown>;
  let yaml = stringify({ devices: { ...kind.exampleNeighbours } }).replace(/\{\}\s*$/, "\n");
  const places = values.map((value, index): OptionPlace => {
    yaml += indented(stringify({ [`it${index}`]: rest }, { lineWidth: 0 }), 2);
    const first = yaml.split("\n").length;
    yaml += indented(stringify({ [option]: value }, { lineWidth: 0 }), 4);
    return { path: `devices.it${index}.${option}`, lines: [first, yaml.split("\n").length - 1] };
  });
  return { yaml, places };
}

/** The kind's example without an option. */
export function exampleWithout(kind: DeviceKind, option: string): string {
  const { it = {}, ...neighbours } = exampleDevices("it", kind);
  const { [option]: _before, ...rest } = it;
  return stringify({ devices: { ...neighbours, it: rest } }, { lineWidth: 0 });
}

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));

/** The options that a kind's devices must have. */
export function requiredOptions(kind: DeviceKind): readonly string[] {
  return Object.entries(optionsFor(kind))
    .filter(([, schema]) => !(schema as z.ZodType).safeParse(undefined).success)
    .map(([option]) => option);
}

/** The option with a letter missing in the middle. */
export function misspelt(option: string): string {
  const middle = Math.floor(option.length / 2);
  return option.slice(0, middle) + option.slice(middle + 1);
}
