import * as z from "zod";
import { link } from "../link.ts";
import { duration } from "../time/duration.ts";
import { presetsOption } from "./presets.ts";
import type { RegulatorDefinition } from "./regulator-definition.ts";

/** What counts where an option is not written; that it is not written has to be known for the check. */
export const defaultsOf = {
  pwmPeriodMs: 15 * 60_000,
  bandInHystereses: 4,
  windowDelayMs: 30_000,
  fanRunOnMs: 2 * 60_000,
};

/** The schemas of the options of a kind of regulator. */
export function regulatorOptions(definition: RegulatorDefinition): z.ZodRawShape {
  const { quantity, outputs, modes, defaults, hasFrost } = definition;
  const { raise, lower } = outputs;
  const { unit, device_class: deviceClass, range } = quantity;
  const number = z.number().min(range[0]).max(range[1]);
  const value = defaults.digits === 0 ? number.multipleOf(1, { error: "is not a whole number" }) : number;
  const distance = z.number().min(0.1).max(50);
  return {
    sensor: link(`The sensor whose ${deviceClass} it follows, as its id, a point and the measure.`, "measure", {
      deviceClass,
    }),
    [raise.option]: link(
      `The output that ${raise.does} while it is on. There must be a ${raise.option}, a ${lower.option} or both.`,
      "on_off",
    ).optional(),
    [lower.option]: link(
      `The output that ${lower.does} while it is on. It is never on together with the ${raise.option}.`,
      "on_off",
    ).optional(),
    target: value
      .default(defaults.target)
      .describe(
        `The ${deviceClass} in ${unit} until somebody chooses another one, which is kept over restarts. Default: ${defaults.target}.`,
      ),
    min_target: value
      .default(defaults.min_target)
      .describe(`The lowest target that may be chosen, in ${unit}. Default: ${defaults.min_target}.`),
    max_target: value
      .default(defaults.max_target)
      .describe(`The highest target that may be chosen, in ${unit}. Default: ${defaults.max_target}.`),
    hysteresis: distance
      .default(defaults.hysteresis)
      .describe(
        `How many ${unit} below the target ${raise.action} begins, and above it ${lower.action}; both end at the target. Default: ${defaults.hysteresis}.`,
      ),
    deadband: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe(
        `Where a mode allows both: how many ${unit} are between the end of ${raise.action} and the end of ${lower.action}, half of it on each side of the target. Default: 0.`,
      ),
    mode: z
      .enum(Object.keys(modes) as [string, ...string[]])
      .default(Object.keys(modes)[0] ?? "")
      .describe("What it does until somebody chooses another mode, which is kept over restarts. Default: off."),
    presets: presetsOption(
      value,
      `Targets in ${unit} by name, such as away and night; one of them may be chosen by its name.`,
    ),
    min_on: duration({ min: "1s", max: "1d" })
      .optional()
      .describe(
        `The shortest time for which it ${raise.does} or ${lower.does}, as a heat pump needs; it ends sooner only without a good reading. Default: no limit.`,
      ),
    min_off: duration({ min: "1s", max: "1d" })
      .optional()
      .describe(
        `The shortest time between the end of ${raise.action} or ${lower.action} and the next beginning of either, also after the start of the agent. Default: no limit.`,
      ),
    control: z
      .enum(["two_point", "pwm"])
      .default("two_point")
      .describe(
        "How it regulates: two_point is on until the target is reached; pwm is on for a share of each period, for valves and floor heating. Default: two_point.",
      ),
    pwm_period: duration({ min: "1m", max: "2h" })
      .optional()
      .describe(
        "With pwm, the time from the beginning of one pulse to the beginning of the next; pulses shorter than min_on, or else than a twentieth of it, are left out. Default: 15m.",
      ),
    proportional_band: distance
      .optional()
      .describe(
        `With pwm, how many ${unit} away from the target it is on all the time. Default: four times the hysteresis.`,
      ),
    integral_time: duration({ min: "1m", max: "7d" })
      .optional()
      .describe(
        "With pwm, the time in which a difference that stays adds as much as it gives at once; without it, some difference remains. Default: nothing is added.",
      ),
    window: link(
      `The contact of a window or door; while it is ON, it neither ${raise.does} nor ${lower.does}${hasFrost ? ", but for frost_protection" : ""}.`,
      "input",
    ).optional(),
    window_delay: duration({ min: "0s", max: "1h" })
      .optional()
      .describe("How long the window must be open before the pause begins. Default: 30s."),
    fan: link(
      `The output of a fan that runs while it ${raise.does} or ${lower.does}, and a while longer.`,
      "on_off",
    ).optional(),
    fan_run_on: duration({ min: "0s", max: "1h" }).optional().describe("How much longer the fan runs. Default: 2m."),
    ...(hasFrost === true && {
      frost_protection: z
        .number()
        .min(-50)
        .max(30)
        .optional()
        .describe(
          `The ${deviceClass} in ${unit} below which it ${raise.does} in every mode, also in off, and while a window is open; it ends above it by the hysteresis. Default: no protection.`,
        ),
    }),
  };
}
