import { overlayLine, partNames, partOf } from "../../core/hardware/chip-parts.ts";
import type { Firmware } from "../../core/hardware/firmware.ts";
import { chipTitle, type NamedChip } from "../../core/hardware/named-chip.ts";
import { chipLineOf } from "../../core/hardware/pin-name.ts";
import { type ChosenPin, chosenPins } from "../../core/pin.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { didYouMean, hasSameLetters, nearest } from "../../yaml/suggest.ts";
import type { KnownDevice } from "./devices.ts";

/** What the checks of named chips need. */
export interface ChipChecks {
  readonly devices: readonly KnownDevice[];
  /** The chips of `gpio.chips`. Undefined if they are not valid, and so not known. */
  readonly chips: readonly NamedChip[] | undefined;
  readonly firmware: Firmware | undefined;
  readonly source: SourceDocument;
}

/** Finds pins on chips that nobody has named, and lines that a chip does not have; and chips that cannot be told apart. */
export function chipProblems({ devices, chips, source }: ChipChecks): Problem[] {
  if (chips === undefined) return [];
  const ofPins = linesOf(devices).flatMap(({ path, chosen, chip: name, line }) => {
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
  return [...ofPins, ...ofChips];
}

/** Warns of chips that nobody uses or that config.txt does not make, and of lines that do not work as their owner may expect. */
export function chipWarnings({ devices, chips = [], firmware, source }: ChipChecks): Problem[] {
  const lines = linesOf(devices);
  const ofChips = chips.flatMap((chip) => {
    const isUsed = lines.some((line) => line.chip === chip.name);
    const unused = `no pin is on this chip; write one as ${chip.name}/0, or remove it`;
    const sentences = isUsed ? [...misspelt(chip), ...missingOverlay(chip, firmware)] : [unused];
    return sentences.map((sentence) => at(["gpio", "chips", chip.name], sentence, source));
  });
  const ofPins = lines.flatMap(({ path, chosen, chip: name }) => {
    const chip = chips.find((one) => one.name === name);
    return chip === undefined ? [] : lineWarnings(chosen, chip).map((sentence) => at(path, sentence, source));
  });
  return [...ofChips, ...ofPins];
}

function at(path: Path, sentence: string, source: SourceDocument): Problem {
  return { path: pathText(path), place: source.placeOfValue(path), sentence };
}

/** All pins of devices that are lines of chips. */
function linesOf(devices: readonly KnownDevice[]) {
  return devices.flatMap(({ id, kind, options }) =>
    chosenPins(kind.options, options).flatMap((chosen) => {
      const onChip = chipLineOf(chosen.pin);
      return onChip === undefined ? [] : [{ path: ["devices", id, ...chosen.path], chosen, ...onChip }];
    }),
  );
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

/**
 * The label is no part that is known, and looks like one: letters are exchanged, missing or doubled. One other digit is another part,
 * as the mcp23018 is.
 */
function misspelt({ label }: NamedChip): string[] {
  const meant = partOf({ label }) === undefined ? nearest(label, partNames) : undefined;
  const isOtherPart = meant !== undefined && meant.length === label.length && !hasSameLetters(label, meant);
  if (meant === undefined || isOtherPart) return [];
  return [`"${label}" is not a part that is known; did you mean "${meant}"? Leave it if gpiodetect shows this label`];
}

/** config.txt has no line that makes such a chip. Something else may do so, such as the memory chip of a HAT. */
function missingOverlay(chip: NamedChip, firmware: Firmware | undefined): string[] {
  const part = partOf(chip);
  const line = overlayLine(chip);
  if (part === undefined || line === undefined || firmware?.overlays === undefined) return [];
  const loaded = firmware.overlays.filter(({ name }) => name === part.overlay);
  const addresses = loaded.map(({ parameters }) => addressIn(parameters) ?? part.usualAddress);
  const isThere =
    loaded.length > 0 &&
    (chip.address === undefined || part.usualAddress === undefined || addresses.includes(chip.address));
  if (isThere) return [];
  return [`config.txt has no line that makes the chip ${chipTitle(chip)}; add "${line}" and reboot`];
}

function addressIn(parameters: readonly string[]): number | undefined {
  const written = parameters.map((one) => /^addr=(.*)$/.exec(one)?.[1]).find((value) => value !== undefined);
  return written === undefined ? undefined : Number(written);
}

function lineWarnings({ pin, role, activeLow, pull }: ChosenPin, chip: NamedChip): string[] {
  const part = partOf(chip);
  if (part === undefined) return [];
  if (role === "input" && pull !== "none" && !part.pulls.includes(pull)) {
    const to = pull === "up" ? "3.3 V" : "ground";
    return [
      `pin ${pin} has no pull ${pull}: the kernel's driver sets none on ${chip.label}; add a resistor of 10 kΩ to ${to} and write pull: none`,
    ];
  }
  if ((role !== "output" && role !== "pwm") || part.atPowerOn === "inputs") return [];
  if ((part.atPowerOn === "high") === activeLow) return [];
  return [
    `pin ${pin} is ${part.atPowerOn} from power-on until the agent starts, as all lines of ${chip.label} are, which switches this device on; use a board that switches on at ${activeLow ? "high" : "low"}`,
  ];
}
