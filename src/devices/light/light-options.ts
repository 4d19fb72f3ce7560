import * as z from "zod";
import type { OptionsOf } from "../../core/kind.ts";
import { pin } from "../../core/pin.ts";
import { duration } from "../../core/time/duration.ts";

const meaning = { activeLow: "active_low", initial: "initial", rest: "on_exit" };
const train = (what: string) => pin(`The pin that dims ${what}, as a BCM number.`, "pwm", meaning).optional();
const kelvin = (what: string, example: number) =>
  z
    .number({ error: `is not a color temperature; write the kelvin from 1000 to 20000, such as ${example}` })
    .min(1_000)
    .max(20_000)
    .optional()
    .describe(`The color temperature of the ${what} LEDs in kelvin, such as ${example}; it stands on the strip.`);
const share = () => z.number().min(0).max(1).optional();

/** What a light is where devices.yaml does not say it. */
export const usual = { frequency: 1_000, gamma_correct: 1, min_power: 0, max_power: 1, default_transition: 0 };

/** The options of a light that make sense only for one that is dimmed by pulses. */
export const pulseOptions = {
  frequency: z
    .number()
    .min(10)
    .max(20_000)
    .optional()
    .describe("How many pulses per second; more flicker less, and make the transistor warmer. Default: 1000."),
  default_transition: duration({ min: "0s", max: "1h" })
    .optional()
    .describe("How long a change takes where the command has no transition. Default: 0s."),
  gamma_correct: z
    .number()
    .min(0.1)
    .max(5)
    .optional()
    .describe(
      "The exponent that makes a share of the time of a brightness; 2.8 makes small brightnesses finer, as the eye sees them. Default: 1, half the brightness is half of the time.",
    ),
  min_power: share().describe(
    "The share of the time for the smallest brightness, for LEDs that flicker or stay dark below it. Default: 0.",
  ),
  max_power: share().describe("The share of the time for the full brightness. Default: 1."),
};

/** All options of a light. Its pins decide what it can do. */
export const lightOptions = {
  pin: pin(
    "The pin that dims the light, as a BCM number; 12, 13, 18 and 19 have pulses of their own, others need an overlay.",
    "pwm",
    meaning,
  ).optional(),
  output_pin: pin(
    "In place of pin: the pin of a light that is only switched on and off, as a BCM number.",
    "output",
    meaning,
  ).optional(),
  red_pin: train("red"),
  green_pin: train("green"),
  blue_pin: train("blue"),
  white_pin: train("the white LEDs beside red, green and blue"),
  cold_white_pin: train("cold white"),
  warm_white_pin: train("warm white"),
  cold_white_color_temperature: kelvin("cold white", 6_500),
  warm_white_color_temperature: kelvin("warm white", 2_700),
  active_low: z.boolean().default(false).describe("True when the light is on while the pin is low. Default: false."),
  ...pulseOptions,
  initial: z
    .enum(["off", "on", "last"])
    .default("off")
    .describe(
      "What the light does when the agent starts; last is as it was, with its brightness and color. Default: off.",
    ),
  on_exit: z
    .enum(["off", "on", "keep"])
    .default("off")
    .describe("What the light does when the agent stops; keep leaves it as it is. Default: off."),
};

/** See {@link lightOptions}. */
export type LightOptions = OptionsOf<typeof lightOptions>;
