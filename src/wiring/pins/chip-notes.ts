import type { DeviceSettings } from "../../core/device-settings.ts";
import { overlayLine, partOf } from "../../core/hardware/chip-parts.ts";
import { chipTitle, type NamedChip } from "../../core/hardware/named-chip.ts";
import { chipLineOf } from "../../core/hardware/pin-name.ts";
import { pinOwner, placedPins } from "./placed-pin.ts";

/** For each named chip, what it is and which line of config.txt makes it: `relays: mcp23017 at 0x20, by "dtoverlay=…"`. */
export function chipLines(chips: readonly NamedChip[]): readonly string[] {
  return chips.map((chip) => {
    const line = overlayLine(chip);
    return `${chip.name}: ${chipTitle(chip)}${line === undefined ? "" : `, by ${line}`}`;
  });
}

/** For each named chip that is in use, a sentence that says which device is wired to which line. */
export function chipNotes(devices: readonly DeviceSettings[], chips: readonly NamedChip[]): readonly string[] {
  return chips.flatMap((chip) => {
    const wires = placedPins(devices).flatMap((pin) => {
      const onChip = chipLineOf(pin.pin);
      return onChip?.chip === chip.name ? [`${onChip.line} ${pinOwner(pin)}`] : [];
    });
    const lines = partOf(chip)?.pulses ? "channels" : "lines";
    return wires.length === 0 ? [] : [`${chip.name} (${chipTitle(chip)}), ${lines}: ${wires.join(", ")}.`];
  });
}
