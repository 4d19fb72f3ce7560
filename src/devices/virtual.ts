import * as z from "zod";
import { defineDevice } from "../core/kind.ts";
import type { Measure } from "../core/measure.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import { limitsOf, type VirtualOptions, virtualCommand } from "./virtual/virtual-command.ts";
import { virtualConflicts } from "./virtual/virtual-conflicts.ts";
import { virtualEntity } from "./virtual/virtual-entity.ts";

/** Those of Home Assistant's device classes of numbers that somebody sets (www.home-assistant.io/integrations/number). */
const deviceClasses = [
  "battery",
  "current",
  "distance",
  "duration",
  "energy",
  "humidity",
  "illuminance",
  "moisture",
  "monetary",
  "power",
  "power_factor",
  "precipitation",
  "pressure",
  "speed",
  "temperature",
  "voltage",
  "volume",
  "volume_flow_rate",
  "water",
  "weight",
] as const;

const number = z.number().min(-1e9).max(1e9);
/** A number that somebody sets. */
const anyNumber: Measure = { digits: 6, range: [-1e9, 1e9] };

const option = z
  .string({ error: 'is not text; put it in quotes, as in "1"' })
  .regex(/^[^\s[{"](?:.*\S)?$/, { error: "is no option; begin with a letter or a digit, and end without a space" })
  .max(255, { error: "is too long; write at most 255 characters" });

/** The value that holds until somebody chooses another one. */
function firstValue(options: VirtualOptions & { readonly initial_value?: number | string | undefined }) {
  const { type, initial_value: written } = options;
  if (type === "switch") return onOffWord(String(written).toLowerCase() === "on");
  const initial = written ?? (type === "number" ? limitsOf(options).min : (options.options?.[0] ?? ""));
  const read = virtualCommand(options).safeParse(initial);
  return read.success ? read.data.value : initial;
}

/** The values that it can have, so that one that was kept is not used where the options have changed since. */
function valueSchema(options: VirtualOptions): z.ZodType<number | string> {
  const { min, max } = limitsOf(options);
  if (options.type === "number") return z.number().min(min).max(max);
  return options.type === "switch" ? onOff : z.enum(options.options ?? []);
}

/** A switch, a number or a choice that exists only in this agent: holiday mode, a set point. */
export const virtual = defineDevice({
  kind: "virtual",
  summary:
    "A switch, a number or a choice without a pin, such as holiday mode or a set point, for other devices, dashboards and automations; kept over restarts.",
  usedFor: "a switch, a number or a choice without a pin, such as holiday mode",
  alsoCalled: ["template", "inputboolean", "inputnumber"],
  group: "virtual",
  options: {
    type: z
      .enum(["switch", "number", "select"])
      .describe("What it is: a switch is on or off, a number has limits, and a select is one of several options."),
    min_value: number.optional().describe("The lowest value of a number. Default: 0."),
    max_value: number.optional().describe("The highest value of a number. Default: 100."),
    step: z
      .number()
      // Home Assistant refuses smaller steps (components/mqtt/number.py).
      .min(0.001)
      .max(1e9)
      .optional()
      .describe("The steps of a number, counted from min_value; what is between goes to the nearest. Default: 1."),
    unit: z.string().min(1).max(20).optional().describe("The unit of a number, as Home Assistant writes it."),
    device_class: z.enum(deviceClasses).optional().describe("What a number is, in Home Assistant's words."),
    mode: z
      .enum(["auto", "box", "slider"])
      .optional()
      .describe("How Home Assistant lets a number be chosen. Default: auto."),
    options: z
      .array(option, { error: "is not a list; write what there is to choose, as in [home, away]" })
      .min(1, { error: "has no option; write what there is to choose, as in [home, away]" })
      .max(100, { error: "has too many options; write at most 100" })
      .optional()
      .describe("What there is to choose in a select."),
    initial_value: z
      .union([z.number(), z.string()], { error: "is not a number or a word; write one" })
      .optional()
      .describe(
        "The value until somebody chooses another one: on or off, a number, or one of the options. Default: off, min_value or the first option.",
      ),
    restore_value: z
      .boolean()
      .default(true)
      .describe("False when each start of the agent is to begin with initial_value. Default: true."),
  },
  example: {
    topic: "home/heating/set_point",
    type: "number",
    min_value: 5,
    max_value: 25,
    step: 0.5,
    unit: "°C",
    device_class: "temperature",
    initial_value: 19,
  },
  conflicts: virtualConflicts,
  state: z.union([onOff, z.strictObject({ value: z.union([z.number(), z.string()]) })]),
  said: ({ type, options = [] }) =>
    type === "switch" ? onOff : z.strictObject({ value: type === "number" ? z.number() : z.enum(options.map(String)) }),
  measures: { value: anyNumber },
  measured: ({ type, unit, device_class }) =>
    type === "number" ? { value: { ...anyNumber, ...(unit && { unit }), ...(device_class && { device_class }) } } : {},
  entities: (options) => [virtualEntity(options)],
  command: virtualCommand,
  setters: ["value"],
  shown: ["value"],
  async setup(options, context) {
    const { type, restore_value: isKept } = options;
    const kept = isKept ? context.keep("value", valueSchema(options), firstValue(options)) : undefined;
    let value = kept?.value ?? firstValue(options);
    const say = () => context.report(type === "switch" ? (value as "ON" | "OFF") : { value });
    say();
    return {
      command({ value: wanted }) {
        const next = type === "switch" ? onOffWord(wanted === "toggle" ? value === "OFF" : wanted === "on") : wanted;
        // Somebody's choice: a power cut must not take it.
        if (next !== value) kept?.set(next, "now");
        value = next;
        say();
      },
    };
  },
});
