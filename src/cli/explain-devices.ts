import { connectionOf } from "../core/connection.ts";
import type { DeviceSettings } from "../core/device-settings.ts";
import { explain } from "../core/errors.ts";
import type { Board } from "../core/hardware/board.ts";
import { overlayLine, partOf } from "../core/hardware/chip-parts.ts";
import { positionOf } from "../core/hardware/header.ts";
import { chipTitle, type NamedChip } from "../core/hardware/named-chip.ts";
import { chipLineOf, type PinName, pinTitle } from "../core/hardware/pin-name.ts";
import { type ChosenPin, chosenPins } from "../core/pin.ts";
import { usualBus } from "../core/readers/bus-address.ts";
import type { Pins } from "../gpio/pins.ts";

/** Describes the machine, and for each device through which backend its pins are reached and why. Claims nothing. */
export async function explainDevices(
  devices: readonly DeviceSettings[],
  board: Board,
  pins: Pick<Pins, "route">,
  chips: readonly NamedChip[] = [],
): Promise<string> {
  const sections = await Promise.all(devices.map((device) => explainDevice(device, pins, chips)));
  return [boardLine(board), ...sections].join("\n");
}

function boardLine({ model, chip, kernel, system }: Board): string {
  const what = chip === undefined ? (model ?? "not a Raspberry Pi") : `${model ?? "a Raspberry Pi"} (${chip})`;
  return `${[what, kernel, system].filter((part) => part !== undefined).join(", ")}\n`;
}

async function explainDevice(
  device: DeviceSettings,
  pins: Pick<Pins, "route">,
  chips: readonly NamedChip[],
): Promise<string> {
  const { id, kind, options } = device;
  const chosen = chosenPins(kind.options, options);
  const lines = await Promise.all(chosen.map((pin) => explainPin(pin, pins, chips)));
  const body = chosen.length === 0 ? [row("pins", withoutPins(device))] : lines.flat();
  return `${id} (${kind.kind})\n${body.join("")}`;
}

/** How a device is reached that has no pins. */
function withoutPins({ kind, options }: DeviceSettings): string {
  if (kind.pretend?.values === undefined) return "none";
  const { bus, driver } = connectionOf(kind);
  const reader = driver === undefined ? "the agent speaks to it" : `the kernel's driver ${driver.module} reads it`;
  switch (bus) {
    case "I2C":
      return `none: it is on I2C bus ${options["bus"] ?? usualBus}, and ${reader}`;
    case "SPI":
      return `none: it is on SPI, and ${reader}`;
    case "1-Wire":
      return "none: it is on 1-Wire, and the kernel reads it";
    case "a serial line":
      return `none: it is at ${options["port"]}`;
    default:
      return "none: it is read on this machine";
  }
}

async function explainPin(
  { pin, role }: ChosenPin,
  pins: Pick<Pins, "route">,
  chips: readonly NamedChip[],
): Promise<string[]> {
  const chip = chips.find(({ name }) => name === chipLineOf(pin)?.chip);
  const madeBy = chip && overlayLine(chip);
  const made = madeBy === undefined ? [] : [row("made by", `"${madeBy}" in config.txt`)];
  const where = whereIs(pin, chip);
  if (role === "driver")
    return [row("pin", where), row("read by", "a driver of the kernel, or the package of this kind")];
  try {
    const { backend, bank, look, passedOver } = await pins.route(pin, role);
    const lost = [...(backend.uses[role] ?? []), ...(look.lost ?? [])];
    return [
      row("pin", `${where}${look.name === undefined ? "" : `, line "${look.name}"`}, as ${role}`),
      ...made,
      row("backend", `${backend.name}: ${bank.description}`),
      ...(look.consumer === undefined ? [] : [row("held by", `"${look.consumer}" now`)]),
      row("lost", lost.join("; ") || "nothing"),
      ...passedOver.map(({ backend: name, reason }) => row("not by", `${name}: ${reason}`)),
    ];
  } catch (error) {
    return [row("pin", `${where}, as ${role}`), ...made, row("backend", explain(error))];
  }
}

function whereIs(pin: PinName, chip: NamedChip | undefined): string {
  const line = chipLineOf(pin)?.line;
  if (line !== undefined) {
    const what = chip && partOf(chip)?.pulses ? "channel" : "line";
    return `${pinTitle(pin)}, ${what} ${line} of ${chip === undefined ? "an unknown chip" : chipTitle(chip)}`;
  }
  const position = positionOf(pin);
  return `${pinTitle(pin)}, ${position === undefined ? "not on the header" : `position ${position} of the header`}`;
}

function row(title: string, text: string): string {
  return `  ${title.padEnd(9)}${text}\n`;
}
