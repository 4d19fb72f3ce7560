import { UserError } from "../core/errors.ts";
import { headerChips } from "../core/hardware/header.ts";

/**
 * The chip of the header, or the one with the label that the user chose. `where` is the folder that shows the chips, for the message.
 * Throws a UserError if there is no such chip.
 */
export function chooseChip<Chip extends { readonly label: string }>(
  chips: readonly Chip[],
  wanted: string | undefined,
  where: string,
): Chip {
  for (const label of wanted === undefined ? headerChips : [wanted]) {
    const chip = chips.find((candidate) => candidate.label === label);
    if (chip !== undefined) return chip;
  }
  if (chips.length === 0) throw new UserError(`there is no GPIO chip in ${where}`);
  const labels = [...new Set(chips.map(({ label }) => `"${label}"`))].join(", ");
  throw new UserError(
    `none of the GPIO chips ${labels} is ${wanted === undefined ? "a Raspberry Pi's" : `"${wanted}"`}`,
    { hint: "name the right one in gpio.chip" },
  );
}

/** Throws a UserError if the chip does not have this pin. */
export function checkPin(chip: { readonly label: string; readonly lines: number }, pin: number): void {
  if (pin >= chip.lines) throw new UserError(`${chip.label} has no pin ${pin}, only 0 to ${chip.lines - 1}`);
}
