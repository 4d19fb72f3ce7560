import * as z from "zod";
import type { OptionsOf, WrittenText } from "../../core/kind.ts";
import type { Measure } from "../../core/measure.ts";
import { freeMeasures, measureOf } from "../../core/readers/free-measures.ts";
import { serialPort } from "../../core/readers/serial/serial-options.ts";
import { duration } from "../../core/time/duration.ts";
import { isBits, registerTypes } from "./modbus-frames.ts";
import { type Place, valueTypes, widthOf } from "./modbus-values.ts";

const order = (what: string) => z.enum(["big", "little"]).default("big").describe(what);

/**
 * The register that a manual means by a number with a digit for the table in front, counted from 1: 40001 with `table` 10000, 400001 with
 * 100000. Undefined for a number without such a digit.
 */
function numberInManual(number: number, table: 10_000 | 100_000) {
  const type = ({ 1: "discrete", 3: "input", 4: "holding" } as const)[Math.floor(number / table)];
  const register = (number % table) - 1;
  return type === undefined || register < 0 || register > 65_535 ? undefined : { type, register };
}

/** What to write for such a number, as a clause; "" for any other number. */
function meantIn(number: number, table: 10_000 | 100_000): string {
  const meant = numberInManual(number, table);
  return meant === undefined ? "" : `; write register: ${meant.register} and type: ${meant.type} for that`;
}

/** Where a measure is found. */
const place = {
  register: z
    .int()
    .min(0)
    .max(65_535, {
      error({ input }) {
        const meant = meantIn(Number(input), 100_000);
        return meant === "" ? "is too large; write at most 65535" : `is the number in a manual${meant}`;
      },
    })
    .describe("Its address as it is sent, from 0: a manual's 30001 or 40001 is 0, and 30013 is 12 or 0x000C."),
  type: z
    .enum(registerTypes)
    .default("holding")
    .describe("Which table it is in: holding (4xxxx), input (3xxxx), discrete (1xxxx), or coil. Default: holding."),
  value: z.enum(valueTypes).default("uint16").describe("How the number is written. Default: uint16."),
  word_order: order("Which word of several comes first: big, the highest, or little. Default: big."),
  byte_order: order("Which byte of a word comes first: big, the high one, or little. Default: big."),
  multiply: z
    .number()
    .refine((factor) => factor !== 0, { error: "would make every value 0; write another number" })
    .default(1)
    .describe("By what the number is multiplied, such as 0.1. Default: 1."),
};

export const modbusOptions = {
  port: serialPort,
  baud_rate: z
    .literal([1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200])
    .default(9600)
    .describe("The speed that is set in the meter. Default: 9600."),
  parity: z
    .enum(["none", "even", "odd"])
    .default("none")
    .describe("The parity that is set in the meter. Default: none."),
  stop_bits: z.literal([1, 2]).default(1).describe("The stop bits that are set in the meter, 1 or 2. Default: 1."),
  unit: z.int().min(1).max(247).default(1).describe("The address that is set in the meter, from 1 to 247. Default: 1."),
  timeout: duration({ min: "50ms", max: "3s" })
    .default(1_000)
    .describe("How long its answer may take, besides the time on the line. Default: 1s."),
  measures: freeMeasures(place).describe(
    "What is read: a name for each measure, and below it where it is and what it is.",
  ),
};

export type ModbusOptions = OptionsOf<typeof modbusOptions>;

/** A measure as it was chosen: what it is, and where. */
export type ChosenMeasure = ModbusOptions["measures"][string] & Place;

/** The chosen measures. A bit is a flag. */
export function modbusMeasures({ measures }: Pick<ModbusOptions, "measures">): Readonly<Record<string, Measure>> {
  return Object.fromEntries(
    Object.entries(measures).map(([name, chosen]) => {
      if (!isBits(chosen.type)) return [name, measureOf(chosen)];
      return [name, { ...(chosen.name !== undefined && { name: chosen.name }), flag: true, digits: 0, range: [0, 1] }];
    }),
  );
}

/** The registers that are numbered as in a manual, which nobody sees from the number alone: it may be an address too. */
export function modbusWarnings({ measures }: ModbusOptions, written: WrittenText): Readonly<Record<string, string>> {
  const odd = Object.entries(measures).flatMap(([name, { register, type }]) => {
    const key = `measures.${name}.register`;
    const number = numberInManual(register, 10_000);
    // Hardly any device is so large that its discrete inputs are not meant.
    if (number === undefined || (number.type === "discrete" && type !== "discrete")) return [];
    if (/^0x/i.test(written(key) ?? "0x")) return [];
    const sentence = `"${register}" seems to be the number in a manual${meantIn(register, 10_000)}, or 0x${register.toString(16).toUpperCase()} where it is the address itself`;
    return [[key, sentence]];
  });
  return Object.fromEntries(odd);
}

/** What does not go together in the measures. */
export function modbusConflicts({ measures }: ModbusOptions): { readonly measures?: string } {
  for (const [name, { register, type, value, unit, device_class }] of Object.entries(measures)) {
    if (isBits(type) && (unit !== undefined || device_class !== undefined))
      return {
        measures: `${name} is a ${type === "coil" ? "coil" : "discrete input"}, which is ON or OFF; remove its unit and device_class`,
      };
    if (register + widthOf({ type, value }) > 65_536)
      return {
        measures: `${name} has ${widthOf({ type, value })} registers from ${register} on, and 65535 is the last one; correct its register`,
      };
  }
  return {};
}
