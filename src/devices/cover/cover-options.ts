import * as z from "zod";
import type { OptionsOf } from "../../core/kind.ts";
import { pin } from "../../core/pin.ts";
import { duration } from "../../core/time/duration.ts";

/** Home Assistant's words for what a cover is (www.home-assistant.io/integrations/cover). */
const deviceClasses = [
  "awning",
  "blind",
  "curtain",
  "damper",
  "door",
  "garage",
  "gate",
  "shade",
  "shutter",
  "window",
] as const;

const relayOf = (what: string) =>
  pin(`The pin of the relay that ${what} it, as a BCM number.`, "output", { activeLow: "active_low", rest: "off" });

const endstopAt = (where: string) =>
  pin(`The pin of a contact that says that it is ${where}, as a BCM number; it stops there at once.`, "input", {
    activeLow: "endstop_active_low",
    pull: "endstop_pull",
    part: "end stop",
  }).optional();

const buttonFor = (what: string) =>
  pin(`The pin of a button on the wall that ${what}, as a BCM number; while it moves, a press stops it.`, "input", {
    activeLow: "button_active_low",
    pull: "button_pull",
    part: "push button",
  }).optional();

const pull = z.enum(["up", "down", "none"]).default("up");

/** What a user may write for a cover. */
export const coverOptions = {
  open_pin: relayOf("opens"),
  close_pin: relayOf("closes"),
  active_low: z
    .boolean()
    .default(false)
    .describe("True for a relay board that switches on when its input is pulled to ground. Default: false."),
  open_time: duration({ min: "1s", max: "10m" }).describe(
    "How long it takes from closed to open; measure it, since the position is computed from it.",
  ),
  close_time: duration({ min: "1s", max: "10m" })
    .optional()
    .describe("How long it takes from open to closed. Default: open_time."),
  overrun: duration({ min: "0ms", max: "1m" })
    .default(2_000)
    .describe(
      "How much longer it is driven where it is to be open or closed, so that it is there for sure; its motor has to stop at the end by itself, or write 0ms. With an end stop: how much later than after its time it may get there. Default: 2s.",
    ),
  dead_time: duration({ min: "100ms", max: "10s" })
    .default(500)
    .describe("How long both relays are off before the motor turns the other way. Default: 500ms."),
  tilt_time: duration({ min: "100ms", max: "1m" })
    .optional()
    .describe(
      "For a venetian blind: how long its slats turn from closed to open at the beginning of each way, which open_time and close_time leave out. Default: it has no slats.",
    ),
  open_endstop_pin: endstopAt("open"),
  close_endstop_pin: endstopAt("closed"),
  endstop_active_low: z
    .boolean()
    .default(true)
    .describe(
      "True for end stops that pull their pin to ground at their end; false for those that let go of it there. Default: true.",
    ),
  endstop_pull: pull.describe("The resistor that holds the pins of the end stops while these are open. Default: up."),
  open_button_pin: buttonFor("opens it"),
  close_button_pin: buttonFor("closes it"),
  button_pin: buttonFor("opens and closes it by turns"),
  button_active_low: z
    .boolean()
    .default(true)
    .describe("True for buttons between their pin and ground; false for buttons to 3V3. Default: true."),
  button_pull: pull.describe("The resistor that holds the pins of the buttons while these are open. Default: up."),
  debounce: duration({ min: "0ms", max: "1s" })
    .default(30)
    .describe("How long the level of an end stop or a button must stand still before it counts. Default: 30ms."),
  calibrate_at_start: z
    .enum(["none", "open", "close"])
    .default("none")
    .describe(
      "What it does at the start of the agent where nobody knows its position, such as after a power cut on the way: open or close to the end, or nothing. Default: none.",
    ),
  device_class: z.enum(deviceClasses).optional().describe("What it is, in Home Assistant's words."),
};

/** The options of a cover, checked. */
export type CoverOptions = OptionsOf<typeof coverOptions>;

/** The options that do not go together, each with what to do. */
export function coverConflicts(options: CoverOptions): Partial<Record<keyof CoverOptions, string>> {
  const { open_time, close_time = open_time, tilt_time = 0, overrun } = options;
  const endstop = (["open_endstop_pin", "close_endstop_pin"] as const).find((name) => options[name] !== undefined);
  const tooLong = (["open_time", "close_time"] as const).find(
    (name) =>
      tilt_time >= { open_time, close_time }[name] && (name === "open_time" || options.close_time !== undefined),
  );
  return {
    ...(tooLong && { tilt_time: `must be shorter than ${tooLong}; write how long the slats alone turn` }),
    ...(endstop && tilt_time > 0
      ? { [endstop]: "does not go with tilt_time, since slats still turn at the end; leave out one of the two" }
      : {}),
    ...(endstop && overrun === 0
      ? { overrun: `must be longer than 0ms with ${endstop}, which it may reach late` }
      : {}),
  };
}
