import * as z from "zod";
import { ntcOption } from "./ntc.ts";
import { resistance } from "./resistance.ts";
import { tableOption } from "./resistor-table.ts";

/** Those of Home Assistant's device classes of sensors that somebody measures as a voltage or a resistance. */
const deviceClasses = [
  "battery",
  "conductivity",
  "current",
  "distance",
  "humidity",
  "illuminance",
  "irradiance",
  "moisture",
  "ph",
  "power",
  "precipitation",
  "pressure",
  "sound_pressure",
  "temperature",
  "voltage",
  "volume_flow_rate",
  "volume_storage",
  "weight",
  "wind_direction",
  "wind_speed",
] as const;

const namePattern = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
/** What a voltage can be turned into; a channel has one of these at most. */
const meanings = ["divider", "shunt", "ntc", "table"] as const;

function channelOption(inputs: readonly string[]) {
  return z
    .strictObject({
      input: z
        .union([z.number(), z.string()], { error: `is no input; there are ${inputs.join(", ")}` })
        .transform(String)
        .refine((input) => inputs.includes(input), { error: `is no input; there are ${inputs.join(", ")}` }),
      divider: z
        .tuple([resistance(), resistance()], {
          error: "is no divider; write the resistor above and the one to ground, as in [100k, 10k]",
        })
        .optional(),
      shunt: resistance().optional(),
      resistor: resistance().optional(),
      configuration: z.enum(["downstream", "upstream"]).optional(),
      reference_voltage: z.number().min(0.5).max(60).optional(),
      ntc: ntcOption.optional(),
      table: tableOption.optional(),
      unit: z.string().min(1).max(20).optional(),
      device_class: z.enum(deviceClasses).optional(),
      accuracy_decimals: z.int().min(0).max(6).optional(),
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
      if (channel.ntc !== undefined && channel.unit !== undefined)
        tell("unit", "does not go together with ntc, which gives °C");
      if (
        channel.device_class !== undefined &&
        channel.unit === undefined &&
        channel.device_class !== naturalClass(channel)
      )
        tell("device_class", "needs unit, the unit of what is measured, as Home Assistant writes it");
    });
}

/** What a channel gives by itself, in Home Assistant's words; undefined for a table. */
export function naturalClass({ shunt, ntc, table }: Pick<Channel, "shunt" | "ntc" | "table">) {
  if (table !== undefined) return undefined;
  if (ntc !== undefined) return "temperature";
  return shunt === undefined ? "voltage" : "current";
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
  readonly unit?: string | undefined;
  readonly device_class?: string | undefined;
  readonly accuracy_decimals?: number | undefined;
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
      `What is measured, by name: each an input (${inputs.join(", ")}), in volts; with divider: [100k, 10k] before it, with shunt: 0.01 in amperes, with ntc and resistor in °C, with table: [[ohms, value], …] and resistor what the table says.`,
    );
}
