import * as z from "zod";
import { defineDevice } from "../core/kind.ts";
import { pin, pins } from "../core/pin.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import { duration } from "../core/time/duration.ts";
import { fanCommand, percentageOf, speedFor } from "./fan/fan-command.ts";
import { pulsedFan, steppedFan } from "./fan/fan-outputs.ts";

/** The options that only a fan with pulses has. */
const forPulses = ["speed_count", "min_power", "frequency", "kickstart", "on_exit"] as const;

/** How many speeds there are. */
function speedCountOf(options: {
  readonly speed_pins?: readonly unknown[] | undefined;
  readonly speed_count?: number | undefined;
}) {
  return options.speed_pins?.length ?? options.speed_count ?? 100;
}

/** A fan with several speeds. */
export const fan = defineDevice({
  kind: "fan",
  summary:
    "A fan with several speeds: by pulses on one pin (PWM), or by one relay for each speed, of which never two are on.",
  usedFor: "a fan with several speeds, by pulses or by a relay for each",
  options: {
    pin: pin(
      "The pin whose pulses drive the fan, as a BCM number; 12, 13, 18 and 19 have pulses of their own, others need an overlay.",
      "pwm",
      { activeLow: "active_low", rest: "on_exit" },
    ).optional(),
    speed_pins: pins(
      "The pins of the relays, one for each speed, the lowest first; for a fan without pulses.",
      "output",
      { activeLow: "active_low", rest: "off" },
      { min: 2, max: 8 },
    ).optional(),
    active_low: z
      .boolean()
      .default(false)
      .describe("True when the fan, or a relay, is on while its pin is low. Default: false."),
    speed_count: z.int().min(2).max(100).optional().describe("How many speeds the pulses give. Default: 100."),
    min_power: z
      .number()
      .min(0)
      .max(0.99)
      .optional()
      .describe(
        "The share of the time, from 0 to 0.99, that is still too little for the fan to turn; the speeds are spread above it. Default: 0.",
      ),
    frequency: z
      .number()
      .min(10)
      .max(40_000)
      .optional()
      .describe(
        "How many pulses per second; a computer fan with four wires wants 25000, which only pins with pulses of their own give well. Default: 1000.",
      ),
    kickstart: duration({ min: "0ms", max: "30s" })
      .optional()
      .describe(
        "How long the fan gets full power when it begins to turn, if it does not begin by itself. Default: 0ms.",
      ),
    dead_time: duration({ min: "50ms", max: "10s" })
      .optional()
      .describe("How long all relays are off between two speeds. Default: 200ms."),
    initial: z
      .enum(["off", "on", "last"])
      .default("off")
      .describe(
        "What the fan does when the agent starts: on is at its last speed, and last is as it was told last. Default: off.",
      ),
    on_exit: z
      .enum(["off", "on", "keep"])
      .optional()
      .describe(
        "What a fan with pulses does when the agent stops: on is at full power, keep leaves it as it is. Default: off.",
      ),
  },
  example: { topic: "home/bath/fan", pin: 18, speed_count: 4, min_power: 0.3, kickstart: "1s" },
  conflicts(options) {
    const { pin, speed_pins, dead_time } = options;
    if (pin === undefined && speed_pins === undefined)
      return { pin: "is missing, and so is speed_pins; name a pin with pulses, or one pin for each speed" };
    if (pin !== undefined && speed_pins !== undefined) return { speed_pins: "are beside pin; write one of the two" };
    if (pin !== undefined) return dead_time === undefined ? {} : { dead_time: "is for speed_pins; remove it" };
    const wrong = forPulses.filter((option) => options[option] !== undefined);
    return Object.fromEntries(wrong.map((option) => [option, "is for a fan with pulses; remove it"]));
  },
  state: z.strictObject({
    state: onOff,
    percentage: z.int().min(0).max(100),
    speed: z.int().min(0).max(100),
  }),
  entities: (options) => [
    {
      key: "fan",
      platform: "fan",
      value: "state",
      topics: { percentage_command_topic: "speed/set", percentage_state_topic: "state" },
      settings: {
        percentage_value_template: "{{ value_json.speed }}",
        speed_range_max: speedCountOf(options),
        // By default Home Assistant publishes the commands of a fan retained. Retained commands are refused.
        retain: false,
      },
    },
  ],
  command: (options) => fanCommand(speedCountOf(options)),
  setters: ["percentage", "speed"],
  shown: ["percentage", "speed"],
  async setup(options, context) {
    const { clock } = context;
    const count = speedCountOf(options);
    const kept = context.keep("speed", z.int().min(1).max(count), count);
    const keptOn = options.initial === "last" ? context.keep("on", z.boolean(), false) : undefined;
    const atFirst = options.initial === "on" || keptOn?.value === true;
    const remember = (on: boolean) => {
      // Somebody's choice: a power cut must not take it.
      if (keptOn !== undefined && keptOn.value !== on) keptOn.set(on, "now");
    };
    let running = 0;
    let isSetUp = false;
    const onSpeed = (speed: number) => {
      // A limit or somebody else has ended it, or has taken back a command that waited. If the agent stops, this timer never comes.
      if (speed === 0 && isSetUp) clock.after(0, () => remember(running > 0));
      running = speed;
      context.report({ state: onOffWord(speed > 0), percentage: percentageOf(speed, count), speed });
    };
    const { pin, speed_pins, min_power = 0, frequency = 1_000, kickstart = 0, dead_time = 200 } = options;
    const output =
      pin === undefined
        ? await steppedFan(context, { pins: speed_pins ?? [], deadTimeMs: dead_time }, onSpeed)
        : await pulsedFan(
            context,
            { pin, speedCount: count, frequencyHz: frequency, minPower: min_power, kickMs: kickstart },
            onSpeed,
          );
    isSetUp = true;
    if (atFirst) output.run(kept.value);
    return {
      command({ state = "on", percentage, speed = percentage && speedFor(percentage, count) }) {
        const on = (state === "toggle" ? running === 0 : state === "on") && speed !== 0;
        if (on && speed !== undefined && speed !== kept.value) kept.set(speed);
        output.run(on ? kept.value : 0);
        remember(on);
      },
    };
  },
});
