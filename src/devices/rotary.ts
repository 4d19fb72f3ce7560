import * as z from "zod";
import type { Entity } from "../core/entity.ts";
import { pressConflicts, pressOptions, pressRules, watchPresses } from "../core/inputs/press-options.ts";
import { pressTypes, toldTypes } from "../core/inputs/presses.ts";
import { pretendedPresses } from "../core/inputs/pretended-presses.ts";
import { defineDevice } from "../core/kind.ts";
import { pin } from "../core/pin.ts";
import { turnAgainAndAgain } from "../core/simulation/pretended-inputs.ts";
import { duration } from "../core/time/duration.ts";
import { Knob } from "./rotary/knob.ts";
import { Quadrature } from "./rotary/quadrature.ts";
import { rotaryCommand } from "./rotary/rotary-command.ts";
import { type Scale, scaleConflicts } from "./rotary/scale.ts";

const turns = ["clockwise", "anticlockwise"] as const;
const limit = z.number().min(-1_000_000).max(1_000_000).optional();

/** A position that people can choose, too, needs both ends. */
function positionEntity({ min_value: min, max_value: max, step }: Scale): Entity {
  const position = { key: "position", value: "position" };
  if (min === undefined || max === undefined)
    return { ...position, platform: "sensor", settings: { state_class: "measurement" } };
  return { ...position, platform: "number", topics: { command_topic: "position/set" }, settings: { min, max, step } };
}

const encoder = { a: "pin_a", b: "pin_b" };

/** A knob that turns without end, with or without a push button. */
export const rotary = defineDevice({
  kind: "rotary",
  summary: "A rotary encoder: a knob with a position, which tells of each step and of the presses of its button.",
  usedFor: "a knob that turns without end, with or without a push",
  searchedAs: ["KY-040"],
  alsoCalled: ["rotaryencoder"],
  options: {
    pin_a: pin(
      "The pin of the encoder's contact A, often called CLK, as a BCM number. If the position goes the wrong way, exchange pin_a and pin_b.",
      "input",
      { pull: "pull" },
    ),
    pin_b: pin("The pin of the encoder's contact B, often called DT, as a BCM number.", "input", { pull: "pull" }),
    button_pin: pin("The pin of the knob's button, often called SW, as a BCM number; low means pressed.", "input", {
      activeLow: true,
      pull: "pull",
    }).optional(),
    pull: z
      .enum(["up", "down", "none"])
      .default("up")
      .describe("The resistor that holds the pins while the contacts are open. Default: up."),
    resolution: z
      .literal([1, 2, 4], { error: "is not a resolution; write 1, 2 or 4" })
      .default(1)
      .describe(
        "How many steps one cycle of the contacts has: 1, 2 or 4. If a click of the knob gives two or four steps, choose less; if it takes two or four clicks, more. With 4, a contact that springs is told as to and fro. Default: 1.",
      ),
    min_value: limit.describe("The lowest position; turning further changes nothing. Default: none."),
    max_value: limit.describe(
      "The highest position. With both limits, Home Assistant can set the position. Default: none.",
    ),
    step: z
      .number()
      .min(0.001)
      .max(10_000)
      .default(1)
      .describe("By how much one step of the knob changes the position. Default: 1."),
    wrap: z
      .boolean()
      .default(false)
      .describe("True: the lowest position follows the highest one, and the other way round. Default: false."),
    restore_value: z
      .boolean()
      .default(true)
      .describe(
        "Whether the position outlives a restart; a power cut takes at most the last 10 s of it. False: it begins with 0, or with the limit that is nearest. Default: true.",
      ),
    debounce: duration({ min: "0ms", max: "1s" })
      .default(30)
      .describe(
        "How long the level of the button must stand still before it counts. The encoder needs no such time. Default: 30ms.",
      ),
    ...pressOptions,
  },
  example: {
    topic: "home/office/knob",
    pin_a: 23,
    pin_b: 24,
    button_pin: 25,
    min_value: 0,
    max_value: 100,
    step: 5,
  },
  wiring: { part: "contact" },
  pretend: {
    encoder,
    routine: (options) => [
      ...turnAgainAndAgain(encoder, options.pull !== "down", [4 * 60_000, 400]),
      ...(options.button_pin === undefined ? [] : pretendedPresses("button_pin", options)),
    ],
  },
  state: z.strictObject({ position: z.number() }),
  measures: { position: { digits: 3, range: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] } },
  shown: ["position"],
  reports: true,
  command: rotaryCommand,
  setters: ["position"],
  events: { rotation: turns, action: pressTypes },
  eventClasses: { action: "button" },
  eventTypes: (options) => ({
    rotation: turns,
    ...(options.button_pin !== undefined && { action: toldTypes(pressRules(options)) }),
  }),
  entities: (options) => [positionEntity(options)],
  conflicts: (options) => ({
    ...scaleConflicts(options),
    ...(options.button_pin !== undefined && pressConflicts(options)),
  }),
  async setup(options, context) {
    const { gpio, clock, emit } = context;
    const knob = new Knob(options, options.restore_value, context);
    let quadrature: Quadrature | undefined;
    await gpio.inputs(
      { a: options.pin_a, b: options.pin_b },
      {
        onLevels({ a, b }) {
          const steps = quadrature?.change(a, b) ?? 0;
          quadrature ??= new Quadrature(4 / options.resolution, a, b);
          if (steps !== 0) knob.turn(steps);
        },
      },
    );
    if (options.button_pin !== undefined) {
      const changed = watchPresses(clock, pressRules(options), (type) => emit("action", type));
      await gpio.input(options.button_pin, { debounceMs: options.debounce, onState: changed });
    }
    knob.say();
    return { command: ({ position }) => knob.set(position) };
  },
});
