import type { DeviceSettings } from "../../core/device-settings.ts";
import { positionOf } from "../../core/hardware/header.ts";
import { pinTitle } from "../../core/hardware/pin-name.ts";
import { type ChosenPin, chosenPins } from "../../core/pin.ts";

/** One pin of a device and its position on the header. */
export interface PlacedPin extends Omit<ChosenPin, "option" | "path"> {
  readonly device: DeviceSettings;
  /** Which of the device's pins it is, such as "open" for `open_pin`; empty for the only pin of a device. */
  readonly which: string;
  /** The header position, 1 to 40. Undefined for a pin that is not on the header; such a pin needs `gpio.force_pins`. */
  readonly position: number | undefined;
}

/** A pin that has a position on the header. */
export interface HeaderPin extends PlacedPin {
  readonly pin: number;
  readonly position: number;
}

/** Whether a pin has a position on the header. */
export function isOnHeader(pin: PlacedPin): pin is HeaderPin {
  return pin.position !== undefined;
}

/** The pins of an interface such as I2C or SPI, by the name that people know it by. */
export interface InterfacePins {
  readonly name: string;
  /** BCM numbers. */
  readonly pins: readonly number[];
}

/** The pins of all devices, in the order of devices.yaml. */
export function placedPins(devices: readonly DeviceSettings[]): readonly PlacedPin[] {
  return devices.flatMap((device) => {
    const chosen = chosenPins(device.kind.options, device.options);
    return chosen.map(({ option: _option, path: _path, ...pin }) => ({
      ...pin,
      device,
      which: chosen.length === 1 ? "" : pin.which,
      position: positionOf(pin.pin),
    }));
  });
}

/** Such as "GPIO17 (11)", or "relays/3": the pin's name, and the position on the header if there is one. */
export function pinName({ pin, position }: Pick<PlacedPin, "pin" | "position">): string {
  return position === undefined ? pinTitle(pin) : `${pinTitle(pin)} (${position})`;
}

/** The device's id, and which of its pins it is if it has several. */
export function pinOwner({ device, which }: Pick<PlacedPin, "device" | "which">): string {
  return which === "" ? device.id : `${device.id} ${which}`;
}

/** Shortens a text to at most `length` characters, with … for what was cut out. Its end stays, because ids often differ only there. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor(length / 3);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`;
}
