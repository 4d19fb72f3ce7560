import { type DeviceSettings, wiringOf } from "../../core/device-settings.ts";
import { pulledUpByBoard } from "../../core/hardware/header.ts";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import { pinTitle } from "../../core/hardware/pin-name.ts";
import { chipNotes } from "./chip-notes.ts";
import { pinName, placedPins } from "./placed-pin.ts";

/** Sentences about what the drawing cannot show. */
export function notesOn(devices: readonly DeviceSettings[], chips: readonly NamedChip[] = []): readonly string[] {
  const pins = placedPins(devices);
  const withoutPins = devices.filter((device) => !pins.some((pin) => pin.device === device));
  const sensors = devices.filter(
    (device) => wiringOf(device)?.pullUpOhms !== undefined && !withoutPins.includes(device),
  );
  return [
    ...(devices.length === 0 ? ["There are no devices yet."] : []),
    ...(sensors.length === 0
      ? []
      : [`${sensors.map(({ id }) => id).join(", ")}: leave the resistor out where the sensor's board carries one.`]),
    ...pins
      .filter(({ pin, role, activeLow }) => role === "output" && !activeLow && pulledUpByBoard.includes(pin))
      .map(
        (pin) =>
          `${pin.device.id}: ${pinName(pin)} is pulled up on the board, so it is on while the Pi boots; choose one of GPIO9 to GPIO27.`,
      ),
    ...pins
      .filter(({ pin, role, pull }) => role === "input" && pull === "down" && pulledUpByBoard.includes(pin))
      .map(
        (pin) =>
          `${pin.device.id}: ${pinName(pin)} is pulled up on the board, which its pull down cannot overcome; choose another.`,
      ),
    ...pins
      .filter(({ pin, position }) => position === undefined && typeof pin === "number")
      .map(({ device, pin }) => `${device.id}: ${pinTitle(pin)} is not on the header.`),
    ...chipNotes(devices, chips),
    ...(withoutPins.length === 0
      ? []
      : [`Without a pin: ${withoutPins.map(({ id, kind }) => `${id} (${kind.kind})`).join(", ")}`]),
  ];
}

/** Breaks a text between words, into lines of at most `length` characters. */
export function wrapped(text: string, length: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
