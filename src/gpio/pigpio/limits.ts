import { UserError } from "../../core/errors.ts";
import { readBoard } from "../../core/hardware/board.ts";
import { CannotServe } from "../../core/hardware/gpio.ts";
import type { Files } from "../../core/machine/files.ts";

/** The last pin that pigpio can sample and give pulses to (PI_MAX_USER_GPIO). */
const lastPin = 31;

/** The longest glitch filter, in milliseconds (PI_MAX_STEADY). A longer debounce is done above the backend. */
const longestFilterMs = 300;

/**
 * The number of steps in which a duty is set (`PRS`). How many steps the pulses really have depends on the frequency: 4000 at 50 Hz, 25 at
 * 8 kHz.
 */
export const dutyRange = 10_000;

/** How far a frequency may be from the wanted one, as a share of it. */
const frequencyTolerance = 0.1;

/** What is lost with pigpio, in this process or as a daemon. The cost of sampling is for a Pi Zero to 4 (pigpio's documentation). */
export const pigpioLosses = {
  output: ["nothing keeps other programs off a pin", "about 10 % of a processor core go to sampling all the time"],
  input: ["nothing keeps other programs off a pin", "about 10 % of a processor core go to sampling all the time"],
  pwm: ["frequencies are taken from a list of 18, 10 Hz to 8 kHz", "pulses last multiples of 5 µs"],
} as const;

/**
 * Throws a UserError on boards that pigpio does not support. It writes to the registers of the BCM2835 to BCM2711. The pins of a Pi 5
 * belong to another chip, the RP1, which pigpio will not support (joan2937/pigpio; its last commit is of 2021).
 */
export async function requireOlderPi(files: Files): Promise<void> {
  const { chip } = await readBoard(files);
  if (chip !== undefined && ["bcm2835", "bcm2836", "bcm2837", "bcm2711"].includes(chip)) return;
  throw new UserError(
    chip === undefined
      ? "pigpio drives the pins of a Raspberry Pi only, and this is none"
      : `pigpio cannot drive the pins of a Raspberry Pi with a ${chip}, such as the Pi 5`,
    { hint: "leave gpio.backend at auto" },
  );
}

/** Throws {@link CannotServe} for pins that pigpio cannot sample. */
export function requirePin(pin: number): void {
  if (pin > lastPin) throw new CannotServe(`pigpio reaches the pins 0 to ${lastPin} only`);
}

/** Throws {@link CannotServe} if pigpio has replaced the wanted frequency by one that is too far from it. */
export function requireFrequency(wantedHz: number, madeHz: number): void {
  if (Math.abs(madeHz - wantedHz) <= wantedHz * frequencyTolerance) return;
  throw new CannotServe(`pigpio makes ${madeHz} Hz where ${wantedHz} Hz are wanted`, {
    hint: "choose 10, 20, 40, 50, 80, 100, 160, 200, 250, 320, 400, 500, 800, 1000, 1600, 2000, 4000 or 8000 Hz",
  });
}

/** The glitch filter for this debounce time, in microseconds. Undefined if the time is too long for it. */
export function glitchFilterUs(debounceMs: number): number | undefined {
  return debounceMs > longestFilterMs ? undefined : Math.round(debounceMs * 1_000);
}

/** A share of the time, 0 to 1, as a number of steps out of {@link dutyRange}. */
export function dutySteps(duty: number): number {
  return Math.round(Math.min(1, Math.max(0, duty)) * dutyRange);
}
