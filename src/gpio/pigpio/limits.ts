import { UserError } from "../../core/errors.ts";
import type { Files } from "../../core/files.ts";
import { readBoard } from "../../core/hardware/board.ts";
import { CannotServe } from "../../core/hardware/gpio.ts";

/** The last pin that pigpio samples and gives pulses to (PI_MAX_USER_GPIO). */
const lastPin = 31;

/** The longest glitch filter, in milliseconds (PI_MAX_STEADY). Whoever wants more debounces above. */
const longestFilterMs = 300;

/**
 * How finely a duty is told (`PRS`); how finely it is made depends on the frequency: 4000 steps at 50 Hz, 25 at 8 kHz.
 */
export const dutyRange = 10_000;

/** How far, as a share, a frequency may be from the one that was wanted. */
const frequencyTolerance = 0.1;

/**
 * What is lost with pigpio whichever way it is reached. Its sampling costs that much on a Pi Zero to 4 (pigpio's
 * documentation).
 */
export const pigpioLosses = {
  output: ["nothing keeps other programs off a pin", "about 10 % of a processor core go to sampling all the time"],
  input: ["nothing keeps other programs off a pin", "about 10 % of a processor core go to sampling all the time"],
  pwm: ["frequencies are taken from a list of 18, 10 Hz to 8 kHz", "pulses last multiples of 5 µs"],
} as const;

/**
 * Refuses boards that pigpio does not know. It writes to the registers of the BCM2835 to BCM2711; the pins of a Pi 5
 * hang at another chip, the RP1, which pigpio will not learn (joan2937/pigpio, its last commit is of 2021).
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

/** Refuses pins beyond those that pigpio samples. */
export function requirePin(pin: number): void {
  if (pin > lastPin) throw new CannotServe(`pigpio reaches the pins 0 to ${lastPin} only`);
}

/** Refuses a frequency that pigpio replaced by one too far from it. */
export function requireFrequency(wantedHz: number, madeHz: number): void {
  if (Math.abs(madeHz - wantedHz) <= wantedHz * frequencyTolerance) return;
  throw new CannotServe(`pigpio makes ${madeHz} Hz where ${wantedHz} Hz are wanted`, {
    hint: "choose 10, 20, 40, 50, 80, 100, 160, 200, 250, 320, 400, 500, 800, 1000, 1600, 2000, 4000 or 8000 Hz",
  });
}

/** The glitch filter that debounces so, in microseconds, or undefined where it cannot. */
export function glitchFilterUs(debounceMs: number): number | undefined {
  return debounceMs > longestFilterMs ? undefined : Math.round(debounceMs * 1_000);
}

/** A share of the time, 0 to 1, in steps of {@link dutyRange}. */
export function dutySteps(duty: number): number {
  return Math.round(Math.min(1, Math.max(0, duty)) * dutyRange);
}
