import * as z from "zod";
import { defineDevice } from "../core/kind.ts";
import { pin } from "../core/pin.ts";
import { duration } from "../core/time/duration.ts";
import { pulsesPerSecond } from "./servo/pulse-range.ts";
import { servoCommand } from "./servo/servo-command.ts";
import { ServoDrive } from "./servo/servo-drive.ts";

const angle = z.number().min(-3_600).max(3_600);
const pulse = z.number().min(300).max(3_000);

/** A servo that turns to an angle. */
export const servo = defineDevice({
  kind: "servo",
  summary: "A servo that turns to an angle, for a flap, a valve or a lock; nothing moves until a command comes.",
  usedFor: "a servo that turns to an angle",
  searchedAs: ["SG90", "MG996R"],
  options: {
    pin: pin(
      "The pin that gives the servo its pulses, as a BCM number; 12, 13, 18 and 19 have pulses of their own, others need an overlay.",
      "pwm",
    ),
    min_angle: angle.default(0).describe("The lowest angle, in degrees. Default: 0."),
    max_angle: angle.default(180).describe("The highest angle, in degrees. Default: 180."),
    min_pulse: pulse
      .default(1_000)
      .describe(
        "The pulse at min_angle, in microseconds. Many servos turn only a part of their way from 1000 to 2000; some go from 500 to 2500, others are damaged by that: try it in small steps. Default: 1000.",
      ),
    max_pulse: pulse
      .default(2_000)
      .describe(
        "The pulse at max_angle, in microseconds; less than min_pulse where it turns the other way. Default: 2000.",
      ),
    speed: z
      .number()
      .min(0.1)
      .max(1_000)
      .optional()
      .describe(
        "How many degrees per second it turns; the first move after a start, from where nobody knows, is as fast as the servo can. Default: as fast as it can.",
      ),
    detach_time: duration({ min: "0ms", max: "1h" })
      .default(1_000)
      .describe(
        "How long the pulses go on when the angle is reached; then they end, and nothing hums or holds. It has to be longer than the servo needs for its way where there is no speed. 0ms: they never end. Default: 1s.",
      ),
    initial: z
      .union([z.enum(["none", "last"]), angle], { error: "is not none, last or an angle; write one of them" })
      .default("none")
      .describe(
        "What the servo does when the agent starts: none moves nothing, last drives it to where it stood still last, and an angle drives it there. Default: none.",
      ),
    restore: z
      .boolean()
      .default(false)
      .describe(
        "True to say after a start the angle where it stood still last, and to turn slowly from there; that alone moves nothing. Default: false.",
      ),
  },
  example: { topic: "home/office/flap", pin: 18, max_angle: 90, speed: 30 },
  conflicts({ min_angle: min, max_angle: max, min_pulse, max_pulse, initial }) {
    const isOutside = typeof initial === "number" && (initial < min || initial > max);
    return {
      ...(min_pulse === max_pulse && { max_pulse: "is the same as min_pulse; make one of them longer" }),
      ...(min >= max && { min_angle: `is not below max_angle, which is ${max}; make it less` }),
      ...(min < max && isOutside && { initial: `is not from ${min} to ${max}; change it, or the limits` }),
    };
  },
  state: z.strictObject({ angle: z.number().nullable(), moving: z.boolean() }),
  entities: ({ min_angle: min, max_angle: max }) => [
    {
      key: "servo",
      platform: "number",
      value: "angle",
      settings: { min, max, step: 1, mode: "slider", unit_of_measurement: "°" },
    },
  ],
  timed: false,
  command: servoCommand,
  setters: ["angle"],
  shown: ["angle"],
  async setup(options, context) {
    const { pin: servoPin, speed, detach_time: detachMs, initial, restore, ...range } = options;
    const schema = z.number().min(range.min_angle).max(range.max_angle).nullable();
    const kept = restore || initial === "last" ? context.keep("angle", schema, null) : undefined;
    const last = kept?.value ?? null;
    const { clock, report } = context;
    const drive = new ServoDrive({ range, speed, detachMs, clock, kept, report }, last);
    const onPower = drive.onPower.bind(drive);
    drive.begin(await context.gpio.pwm(servoPin, { frequencyHz: pulsesPerSecond, onPower }));
    const first = initial === "last" ? last : initial === "none" ? null : initial;
    if (first !== null) drive.go(first);
    return {
      command(command) {
        if ("angle" in command) drive.go(command.angle);
        else drive.stop();
      },
    };
  },
});
