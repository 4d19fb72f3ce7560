import * as z from "zod";
import { plainUnit, unitsOf } from "../readers/device-classes.ts";
import { freeMeasureOptions } from "../readers/free-measures.ts";
import { quantity } from "../readers/quantity.ts";
import { ntcOption } from "./ntc.ts";
import { resistance } from "./resistance.ts";
import { tableOption } from "./resistor-table.ts";

const namePattern = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
/** What a voltage can be turned into; a channel has one of these at most. */
const meanings = ["divider", "shunt", "ntc", "table"] as const;

function channelOption(inputs: readonly string[]) {
  return z
    .strictObject({
      input: z
        .union([z.number(), z.string()], { error: `is no input; there are ${inputs.join(", ")}` })
        .transform(String)
        .refine((input) => inputs.includes(input), { error: `is no input; there are ${inputs.join(", ")}` })
        .describe(`The input: ${inputs.join(", ")}.`),
      divider: z
        .tuple([resistance(), resistance()], {
          error: "is no divider; write the resistor above and the one to ground, as in [100k, 10k]",
        })
        .optional()
        .describe(
          "The resistor above and the one to ground, as in [100k, 10k], where the voltage before them is wanted.",
        ),
      shunt: resistance()
        .optional()
        .describe("The resistor through which a current flows, where the current is wanted, such as 0.01."),
      ntc: ntcOption.optional(),
      table: tableOption
        .optional()
        .describe("What a resistor means, as pairs of ohms and value; between two pairs on a straight line."),
      resistor: resistance().optional().describe("The fixed resistor in series with a thermistor or a sender."),
      configuration: z
        .enum(["downstream", "upstream"])
        .optional()
        .describe(
          "Where the thermistor or sender is: downstream between input and ground, or upstream between supply and input. Default: downstream.",
        ),
      reference_voltage: z
        .number()
        .min(0.5)
        .max(60)
        .optional()
        .describe("The supply of the two resistors in volts. Default: the converter's reference, else 3.3."),
      name: freeMeasureOptions.name,
      unit: freeMeasureOptions.unit,
      device_class: freeMeasureOptions.device_class,
      digits: z.int().min(0).max(6).optional().describe("How many digits after the point are published."),
    })
    .superRefine((channel, context) => {
      const tell = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
      const [first, second] = meanings.filter((key) => channel[key] !== undefined);
      if (second !== undefined)
        tell(second, `does not go together with ${first}; a channel has one of ${meanings.join(", ")}`);
      const isResistor = channel.ntc !== undefined || channel.table !== undefined;
      if (isResistor && channel.resistor === undefined)
        tell(
          channel.ntc ? "ntc" : "table",
          "needs resistor, the fixed resistor that is in series with it, such as resistor: 10k",
        );
      for (const key of ["resistor", "configuration", "reference_voltage"] as const)
        if (!isResistor && channel[key] !== undefined) tell(key, "is only for a channel with ntc or table");
      const { device_class: deviceClass, unit } = channel;
      if (channel.ntc !== undefined && unit !== undefined)
        tell("unit", "does not go together with ntc, which gives °C");
      const fitting = (deviceClass && unitsOf(deviceClass)) ?? [];
      if (deviceClass === undefined || fitting.map(plainUnit).includes(plainUnit(unitOf(channel)))) return;
      const units = fitting.map((one) => one || "none").join(" or ");
      if (unit === undefined) tell("device_class", `needs a unit; write unit: ${units}`);
      else tell("unit", `is not for ${deviceClass}, whose unit is ${units}`);
    });
}

/** The quantity that a channel gives by itself; undefined for a table. */
export function naturalQuantity({ shunt, ntc, table }: Pick<Channel, "shunt" | "ntc" | "table">) {
  if (table !== undefined) return undefined;
  if (ntc !== undefined) return quantity.temperature;
  return shunt === undefined ? quantity.voltage : quantity.current;
}

/** The unit of a channel: as written, or by itself, or the only one that its device class has. */
export function unitOf(
  channel: Pick<Channel, "shunt" | "ntc" | "table" | "unit" | "device_class">,
): string | undefined {
  const { unit, device_class: deviceClass } = channel;
  const natural = naturalQuantity(channel);
  if (unit !== undefined) return unit;
  if (deviceClass === undefined || deviceClass === natural?.device_class) return natural?.unit;
  const [only, ...others] = unitsOf(deviceClass) ?? [];
  return others.length === 0 && only !== "" ? only : undefined;
}

/** One channel as its owner wrote it; resistances are in ohms. */
export interface Channel {
  readonly input: string;
  readonly divider?: readonly [above: number, toGround: number] | undefined;
  readonly shunt?: number | undefined;
  readonly resistor?: number | undefined;
  readonly configuration?: "downstream" | "upstream" | undefined;
  readonly reference_voltage?: number | undefined;
  readonly ntc?: z.output<typeof ntcOption> | undefined;
  readonly table?: z.output<typeof tableOption> | undefined;
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly device_class?: string | undefined;
  readonly digits?: number | undefined;
}

/** The option `channels` of a converter with these inputs: measures by name, each from one input. */
export function channelsOption(inputs: readonly string[]) {
  return z
    .record(z.string(), channelOption(inputs))
    .superRefine((channels, context) => {
      const names = Object.keys(channels);
      const wrong = names.filter((name) => !namePattern.test(name) || name === "ts");
      // An issue of this sort is shown at the key.
      if (wrong.length > 0)
        context.addIssue({
          code: "unrecognized_keys",
          keys: wrong,
          message:
            "is no name of a measure; begin with a small letter, and go on with small letters, digits and _, as in battery_voltage",
        });
      if (names.length === 0)
        context.addIssue({ code: "custom", message: "has no channel; write one, as in {battery: {input: 0}}" });
      for (const [index, name] of names.entries()) {
        const input = channels[name]?.input;
        const before = names.slice(0, index).find((other) => channels[other]?.input === input);
        if (before !== undefined)
          context.addIssue({
            code: "custom",
            path: [name, "input"],
            message: `is the input of ${before} already; choose another, or remove one of them`,
          });
      }
    })
    .describe(
      `What is measured, by name: each an input (${inputs.join(", ")}), in volts; with divider: [100k, 10k] before it, with shunt: 0.01 in amperes, with ntc and resistor in °C, with table: [[ohms, value], …] and resistor what the table says; and as wanted name, unit, device_class and digits.`,
    );
}
