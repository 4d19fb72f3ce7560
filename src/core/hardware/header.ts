import type { Pull } from "./gpio.ts";

/** What a position of the header carries when it is not a GPIO. */
export type Supply = "3V3" | "5V" | "GND";

/** The 40-pin header, the same on every Pi since 2014: position 1 first; odd positions are its inner row. */
// biome-ignore format: two rows, as the header has them
const header: readonly (number | Supply)[] = [
  "3V3", "5V",   2, "5V",   3, "GND",  4, 14,  "GND", 15,    17, 18,   27, "GND", 22, 23,  "3V3", 24,  10, "GND",
  9, 25,         11, 8,  "GND", 7,     0, 1,   5, "GND",     6, 12,    13, "GND", 19, 16,   26, 20,   "GND", 21,
];

/** What stands at a position, counted from 1: a BCM number or a supply; undefined beyond the header. */
export function atPosition(position: number): number | Supply | undefined {
  return header[position - 1];
}

/** The header position of a GPIO, 1 to 40, or undefined where it is not on the header. */
export function positionOf(bcm: number): number | undefined {
  const index = header.indexOf(bcm);
  return index === -1 ? undefined : index + 1;
}

/** GPIO 0 to 27 are on the 40-pin header. */
export const lastHeaderPin = 27;

/** GPIO 0 and 1 talk to the EEPROM of a HAT at power-on; driving them can confuse the firmware. */
export const reservedPins: readonly number[] = [0, 1];

/** Unused pins float; the resistors that a Pi switches on at power-on are these (BCM2835 ARM Peripherals, p. 102). */
export function powerOnPull(pin: number): Pull {
  return pin <= 8 ? "up" : "down";
}

/** GPIO 2 and 3 have pull-ups of 1.8 kΩ on the board, for I2C; no resistor of ours gets the better of them. */
export const pulledUpByBoard: readonly number[] = [2, 3];

/** The labels of the chips whose pins are on the header: Pi 5, Pi 4, and all before. Numbers would not do: they move. */
export const headerChips: readonly string[] = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"];
