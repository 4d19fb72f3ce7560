import { partOf } from "../../core/hardware/chip-parts.ts";
import { headerChips } from "../../core/hardware/header.ts";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import type { ChosenPin } from "../../core/pin.ts";
import type { Problem } from "../../yaml/problem.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import { at, type ChipChecks } from "./chip-lines.ts";

/**
 * Finds pins on chips that nobody has named, and lines that a chip does not have; chips that cannot be told apart, and the chip of the
 * header, whose pins would have two names.
 */
export function chipProblems({ lines, chips, headerChip, source }: ChipChecks): Problem[] {
  if (chips === undefined) return [];
  const ofPins = lines.flatMap(({ path, chosen, chip: name, line }) => {
    const chip = chips.find((one) => one.name === name);
    const sentence = chip === undefined ? unknownChip(name, chips) : wrongLine(chosen, line, chip);
    return sentence === undefined ? [] : [at(path, sentence, source)];
  });
  const ofChips = chips.flatMap((chip, index) => {
    const same = chips.slice(0, index).find((other) => other.label === chip.label && mayBeSame(other, chip));
    if (same === undefined) return [];
    const isEqual = same.address === chip.address && same.device === chip.device;
    const sentence = isEqual
      ? `this is the chip "${same.name}" already; use that name, or give each its address`
      : `this may be the chip "${same.name}"; give both an address`;
    return [at(["gpio", "chips", chip.name], sentence, source)];
  });
  const ofHeader = chips
    .filter(({ label }) => headerChips.includes(label) || label === headerChip)
    .map(({ name, label }) => {
      const sentence = `"${label}" is the chip of the header; write its pins as 17, not as ${name}/17, and remove this line`;
      return at(["gpio", "chips", name], sentence, source);
    });
  return [...ofPins, ...ofChips, ...ofHeader];
}

function unknownChip(name: string, chips: readonly NamedChip[]): string {
  const names = chips.map((chip) => chip.name);
  const advice =
    didYouMean(name, names) ||
    (names.length === 0
      ? `; name it in gpio.chips, as in "chips: {${name}: mcp23017}"`
      : `; gpio.chips has ${names.join(", ")}`);
  return `there is no chip "${name}"${advice}`;
}

function wrongLine({ pin, role }: ChosenPin, line: number, chip: NamedChip): string | undefined {
  const part = partOf(chip);
  if (part === undefined) return undefined;
  if (line >= part.lines)
    return `pin ${pin} does not exist: ${chip.label} has ${part.lines} ${part.pulses ? "channels" : "lines"}, 0 to ${part.lines - 1}`;
  if (role === "pwm" && !part.pulses)
    return `pin ${pin} cannot give pulses: ${chip.label} has no pulse trains; choose a pin of the header, or a channel of a pca9685`;
  if (role === "input" && part.pulses) return `pin ${pin} cannot be an input: ${chip.label} gives pulses only`;
  return undefined;
}

function mayBeSame(one: NamedChip, other: NamedChip): boolean {
  const differs = (key: "address" | "device") =>
    one[key] !== undefined && other[key] !== undefined && one[key] !== other[key];
  return !differs("address") && !differs("device");
}
