import * as z from "zod";
import type { PartFiles } from "../readers/part-files.ts";
import { readingCode } from "../readers/patiently.ts";
import { analogUses } from "./analog-uses.ts";
import { type ConverterOptions, defineConverter, voltageChannel } from "./define-converter.ts";

/** The supply that nearly every such converter on a Pi has as its reference. */
const usualReference = 3.3;

/**
 * A converter of the family MCP30xx (10 bits) or MCP32xx (12 bits) on SPI. Its driver drivers/iio/adc/mcp320x.c shows raw numbers. Its
 * scale comes from the supply that the device tree names as vref. The overlay mcp3008 names none, and then reading the scale fails with
 * EINVAL; the overlay mcp3004 says 3.3 V.
 */
export function defineMcp320x(kind: "mcp3008" | "mcp3208", bits: 10 | 12) {
  const [eight, four, two] = bits === 10 ? ["mcp3008", "mcp3004", "mcp3002"] : ["mcp3208", "mcp3204", "mcp3202"];
  const end = 2 ** bits - 1;
  return defineConverter({
    kind,
    summary: `An ${eight.toUpperCase()}, ${four.toUpperCase()} or ${two.toUpperCase()} on SPI: eight, four or two analog inputs of ${bits} bits, read through the kernel's driver mcp320x; its overlay has the part's name.`,
    usedFor: `voltages, potentiometers and thermistors on an ${eight.toUpperCase()} (${bits} bits, SPI)`,
    searchedAs: analogUses,
    driver: {
      subsystem: "iio",
      module: "mcp320x",
      names: [eight, four, two],
      overlay: `${kind},spi0-0-present`,
      addresses: [],
    },
    inputs: ["0", "1", "2", "3", "4", "5", "6", "7", "0-1", "1-0", "2-3", "3-2", "4-5", "5-4", "6-7", "7-6"],
    options: {
      reference_voltage: z
        .number()
        .min(0.25)
        .max(7)
        .optional()
        .describe(
          `The voltage at the part's VREF pin, at which an input is at its end. Default: what the kernel knows of it, else ${usualReference}.`,
        ),
    },
    example: {
      topic: "home/cellar/inputs",
      device: "spi0.0",
      channels: {
        soil: { input: 0 },
        boiler: { input: 1, resistor: "10k", ntc: { b_constant: 3950, reference_resistance: "10k" } },
        tank: {
          input: 2,
          resistor: 100,
          table: [
            [10, 0],
            [180, 100],
          ],
          unit: "%",
        },
      },
    },
    maxVolts: 7,
    endsAtReference: true,
    endAdvice: () => "its voltage is above the reference; choose another divider or shunt",
    async sample(files, input, options) {
      const raw = await files.number(`${voltageChannel(input)}_raw`);
      const reference = await referenceVolts(files, options, end + 1);
      return { volts: (raw / (end + 1)) * reference, isAtEnd: raw >= end };
    },
    shows(volts, input, { reference_voltage: reference = usualReference }) {
      const raw = Math.round((volts / reference) * (end + 1));
      return { [`${voltageChannel(input)}_raw`]: Math.max(0, Math.min(end - 1, raw)) };
    },
  });
}

/** The reference in volts: as chosen, or from the kernel's scale in mV, or the usual one. */
async function referenceVolts(files: PartFiles, options: ConverterOptions, steps: number): Promise<number> {
  if (options.reference_voltage !== undefined) return options.reference_voltage;
  try {
    return ((await files.number("in_voltage_scale")) * steps) / 1000;
  } catch (error) {
    // Nobody knows the reference: the driver says EINVAL, or shows no such file.
    if (["EINVAL", ""].includes(readingCode(error))) return usualReference;
    throw error;
  }
}
