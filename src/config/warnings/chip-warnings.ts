import { overlayLine, partNames, partOf } from "../../core/hardware/chip-parts.ts";
import type { Firmware } from "../../core/hardware/firmware.ts";
import { chipTitle, type NamedChip } from "../../core/hardware/named-chip.ts";
import type { ChosenPin } from "../../core/pin.ts";
import type { Problem } from "../../yaml/problem.ts";
import { hasSameLetters, nearest } from "../../yaml/suggest.ts";
import { at, type ChipChecks } from "../checks/chip-lines.ts";

/** Warns of chips that nobody uses or that config.txt does not make, and of lines that do not work as their owner may expect. */
export function chipWarnings({ lines, chips = [], firmware, source }: ChipChecks): Problem[] {
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
