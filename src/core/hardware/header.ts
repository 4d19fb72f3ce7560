import type { Pull } from "./gpio.ts";
import type { PinName } from "./pin-name.ts";

/** What a position of the header has if it is not a GPIO. */
export type Supply = "3V3" | "5V" | "GND";

/** The 40-pin header, the same on every Pi since 2014: position 1 first; odd positions are its inner row. */
// biome-ignore format: two rows, as the header has them
const header: readonly (number | Supply)[] = [
  "3V3", "5V",   2, "5V",   3, "GND",  4, 14,  "GND", 15,    17, 18,   27, "GND", 22, 23,  "3V3", 24,  10, "GND",
  9, 25,         11, 8,  "GND", 7,     0, 1,   5, "GND",     6, 12,    13, "GND", 19, 16,   26, 20,   "GND", 21,
];

/** What is at a position, counted from 1: a BCM number or a supply. Undefined beyond the header. */
export function atPosition(position: number): number | Supply | undefined {
  return header[position - 1];
}

/** The header position of a pin, 1 to 40. Undefined if the pin is not on the header. */
export function positionOf(pin: PinName): number | undefined {
  const index = typeof pin === "number" ? header.indexOf(pin) : -1;
  return index === -1 ? undefined : index + 1;
}

/** The highest GPIO on the 40-pin header; the lowest is 0. */
export const lastHeaderPin = 27;

/** GPIO 0 and 1 connect to the EEPROM of a HAT, which the firmware reads at power-on. Driving them can confuse the firmware. */
export const reservedPins: readonly number[] = [0, 1];

/** The pull resistor that a Pi switches on at a pin at power-on (BCM2835 ARM Peripherals, p. 102). It stays until somebody changes it. */
export function powerOnPull(pin: number): Pull {
  return pin <= 8 ? "up" : "down";
}

/** GPIO 2 and 3 have pull-ups of 1.8 kΩ on the board, for I2C. They are stronger than any pull that can be set. */
export const pulledUpByBoard: readonly PinName[] = [2, 3];

/**
 * The labels of the chips whose pins are on the header: Pi 5, Pi 4, and all earlier ones. The numbers of the chips change between kernels.
 */
export const headerChips: readonly string[] = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"];
