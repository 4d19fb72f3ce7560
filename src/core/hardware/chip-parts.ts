import type { Pull } from "./gpio.ts";
import { hexadecimal, type NamedChip, sameRegisters } from "./named-chip.ts";

/** What is known of a part that makes a chip, without asking it. */
export interface ChipPart {
  /** How many lines, or channels of pulses, it has. */
  readonly lines: number;
  /** Whether its channels make pulse trains. Otherwise its lines are inputs and outputs. */
  readonly pulses: boolean;
  /** What the lines are from power-on until something sets them. */
  readonly atPowerOn: "inputs" | "high" | "low";
  /** The pulls that the kernel's driver can set, or that the part always has. */
  readonly pulls: readonly Pull[];
  /** Whether an output's level can be read back. It cannot where a high level is only a weak pull-up. */
  readonly readsBack: boolean;
  /** The name of the overlay for config.txt, and the parameters that make it this part. */
  readonly overlay: string;
  readonly parameters: readonly string[];
  /** The address if nothing else is said; undefined for a part on SPI. */
  readonly usualAddress?: number;
}

/** How many lines the parts of a family have, by part. */
type Lines = Readonly<Record<string, number>>;

/** Parameters of the overlay pca953x (overlays/README of the firmware). pca9534 is what it makes without one. */
const pca953x: Lines = {
  ...{ pca9536: 4, pca9537: 4 },
  ...{ pca9534: 8, pca9538: 8, pca9554: 8, pca9556: 8, pca9557: 8, pca9574: 8, pca9654: 8, pca6107: 8 },
  ...{ max7310: 8, max7315: 8, tca6408: 8, tca9554: 8, cat9554: 8, xra1202: 8 },
  ...{ pca6416: 16, pca9535: 16, pca9539: 16, pca9555: 16, pca9575: 16, pcal6416: 16, pcal9555a: 16 },
  ...{ max7312: 16, max7313: 16, tca6416: 16, tca9539: 16 },
  ...{ pcal6524: 24, tca6424: 24, pca9505: 40, pca9698: 40 },
};

/** Parameters of the overlay pcf857x. Each line is a switch to ground with a weak pull-up (gpio-pcf857x.c, "quasi-bidirectional"). */
const pcf857x: Lines = { pcf8574: 8, pcf8574a: 8, pca8574: 8, pcf8575: 16 };

const expander = { pulses: false, atPowerOn: "inputs", pulls: ["none"], readsBack: true } as const;

/** The parts that are known by name. The pulls are those of Linux 6.12: its driver of the MCP23xxx sets none. */
const parts: ReadonlyMap<string, ChipPart> = new Map<string, ChipPart>([
  ["mcp23008", { ...expander, lines: 8, overlay: "mcp23017", parameters: ["mcp23008", "noints"], usualAddress: 0x20 }],
  ["mcp23017", { ...expander, lines: 16, overlay: "mcp23017", parameters: ["noints"], usualAddress: 0x20 }],
  ["mcp23s08", { ...expander, lines: 8, overlay: "mcp23s17", parameters: ["s08-spi0-0-present"] }],
  ["mcp23s17", { ...expander, lines: 16, overlay: "mcp23s17", parameters: ["s17-spi0-0-present"] }],
  ...Object.entries(pca953x).map(([part, lines]): [string, ChipPart] => [
    part,
    {
      ...expander,
      lines,
      overlay: "pca953x",
      parameters: part === "pca9534" ? [] : [part],
      pulls: part.startsWith("pcal") ? ["up", "down", "none"] : ["none"],
      usualAddress: 0x20,
    },
  ]),
  ...Object.entries(pcf857x).map(([part, lines]): [string, ChipPart] => [
    part,
    {
      lines,
      pulses: false,
      atPowerOn: "high",
      pulls: ["up"],
      readsBack: false,
      overlay: "pcf857x",
      parameters: [part],
      usualAddress: part === "pcf8574a" ? 0x38 : 0x20,
    },
  ]),
  [
    "pca9685",
    {
      lines: 16,
      pulses: true,
      atPowerOn: "low",
      pulls: [],
      readsBack: true,
      overlay: "i2c-pwm-pca9685a",
      parameters: [],
      usualAddress: 0x40,
    },
  ],
]);

/** The part that a chip is by its label; undefined for one that is not known. */
export function partOf({ label }: Pick<NamedChip, "label">): ChipPart | undefined {
  return parts.get(sameRegisters[label] ?? label);
}

/** The line of config.txt that makes the chip; undefined if the part is not known. */
export function overlayLine(chip: Pick<NamedChip, "label" | "address">): string | undefined {
  const part = partOf(chip);
  if (part === undefined) return undefined;
  const { overlay, parameters, usualAddress } = part;
  // On SPI the value is a set of addresses, a bit for each.
  if (usualAddress === undefined) return `dtoverlay=${overlay},${parameters[0]}=${1 << (chip.address ?? 0)}`;
  return [`dtoverlay=${overlay}`, ...parameters, `addr=${hexadecimal(chip.address ?? usualAddress)}`].join(",");
}

/** The parts whose names are known, for the documentation. */
export const partNames: readonly string[] = [...parts.keys(), ...Object.keys(sameRegisters)];
