import { UserError } from "../core/errors.ts";
import { overlayLine, partOf } from "../core/hardware/chip-parts.ts";
import { readFirmware } from "../core/hardware/firmware.ts";
import type { GpioPorts } from "../core/hardware/gpio.ts";
import { headerChips } from "../core/hardware/header.ts";
import { type BusDevice, busDevices, chipTitle, isMeant, type NamedChip } from "../core/hardware/named-chip.ts";
import type { Files } from "../core/machine/files.ts";

/** Which chip a bank is for: `gpio.chip`, or the chip of the header, or one that devices.yaml names. */
export type WantedChip = Pick<GpioPorts, "files" | "chip" | "named">;

/** A chip that was chosen, and its device if it is one that devices.yaml names. */
export type ChosenChip<Chip> = Chip & { readonly device?: BusDevice | undefined };

/**
 * The chip that is wanted. `where` is the folder that shows the chips, for the message, and `kind` says which of a device's chips these are.
 * Rejects with a UserError if there is no such chip, or if it is not clear which one is meant.
 */
export async function chooseChip<Chip extends { readonly label: string; readonly name: string }>(
  chips: readonly Chip[],
  { files, chip: wanted, named }: WantedChip,
  where: string,
  kind: keyof BusDevice["chips"],
): Promise<ChosenChip<Chip>> {
  if (named !== undefined) return chooseNamed(chips, named, files, kind);
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

async function chooseNamed<Chip extends { readonly label: string; readonly name: string }>(
  chips: readonly Chip[],
  named: NamedChip,
  files: Files,
  kind: keyof BusDevice["chips"],
): Promise<ChosenChip<Chip>> {
  const devices = await busDevices(files, named.device);
  const meant = chips
    .map((chip) => ({ ...chip, device: devices.find((one) => one.chips[kind].includes(chip.name)) }))
    .filter(({ label, device }) => isMeant(named, label, device));
  const [found, another] = meant;
  if (found === undefined) throw await missing(named, files);
  if (another === undefined) return found;
  const where = meant.map(({ device, name, label }) => device?.device ?? `${label} at ${name}`).join(", ");
  throw new UserError(`"${named.name}" may be any of ${meant.length} chips: ${where}`, {
    hint: `say which one in gpio.chips, such as {label: ${named.label}, device: ${found.device?.device ?? "1-0020"}}`,
  });
}

/** The error for a named chip that is not there: the line for config.txt if that is missing, otherwise what to look at. */
async function missing(named: NamedChip, files: Files): Promise<UserError> {
  const line = overlayLine(named);
  const { overlays = [] } = await readFirmware(files, undefined);
  const isLoaded = overlays.some(({ name }) => name === partOf(named)?.overlay);
  const hint =
    line === undefined
      ? '"gpiodetect" shows the labels of the chips that are there'
      : isLoaded
        ? `config.txt loads its overlay; check that its address is right there, as in "${line}", and the chip's wires, and reboot`
        : `add "${line}" to /boot/firmware/config.txt and reboot`;
  return new UserError(`there is no chip ${chipTitle(named)} for "${named.name}"`, { hint });
}

/** Throws a UserError if the chip does not have this line. */
export function checkPin(chip: { readonly label: string; readonly lines: number }, line: number): void {
  if (line >= chip.lines) throw new UserError(`${chip.label} has no pin ${line}, only 0 to ${chip.lines - 1}`);
}
