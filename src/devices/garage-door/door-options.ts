import * as z from "zod";
import type { OptionsOf } from "../../core/kind.ts";
import { pin } from "../../core/pin.ts";
import { duration } from "../../core/time/duration.ts";

const contactAt = (where: string) =>
  pin(`The pin of a contact that says that the door is ${where}, as a BCM number.`, "input", {
    activeLow: "contact_active_low",
    pull: "contact_pull",
    part: "door contact",
  }).optional();

/** What a user may write for a garage door. */
export const doorOptions = {
  button_pin: pin("The pin of the relay that is wired to the button input of the drive, as a BCM number.", "output", {
    activeLow: "active_low",
    rest: "off",
  }),
  active_low: z
    .boolean()
    .default(false)
    .describe("True for a relay board that switches on when its input is pulled to ground. Default: false."),
  closed_contact_pin: contactAt("closed"),
  open_contact_pin: contactAt("open"),
  contact_active_low: z
    .boolean()
    .default(true)
    .describe(
      "True for contacts that pull their pin to ground while the door is there; false for those that let go of it there. Default: true.",
    ),
  contact_pull: z
    .enum(["up", "down", "none"])
    .default("up")
    .describe("The resistor that holds the pins of the contacts while these are open. Default: up."),
  debounce: duration({ min: "0ms", max: "5s" })
    .default(50)
    .describe("How long the level of a contact must stand still before it counts. Default: 50ms."),
  open_time: duration({ min: "1s", max: "5m" }).describe(
    "How long the door takes from closed to open; where no contact says that it is open, it is taken for open after this time.",
  ),
  close_time: duration({ min: "1s", max: "5m" })
    .optional()
    .describe("How long the door takes from open to closed. Default: open_time."),
  margin: duration({ min: "1s", max: "1m" })
    .default(5_000)
    .describe("How much longer it may take before the state and the log say that something is wrong. Default: 5s."),
  pulse: duration({ min: "100ms", max: "5s" })
    .default(500)
    .describe("How long the button is pressed for a pulse. Default: 500ms."),
  dead_time: duration({ min: "100ms", max: "10s" })
    .default(1_000)
    .describe("How long the button is released before it is pressed again. Default: 1s."),
  reverses: z
    .boolean()
    .default(false)
    .describe(
      "True for a drive that opens again when it gets a pulse while it closes, instead of stopping. Default: false.",
    ),
  device_class: z
    .enum(["door", "garage", "gate"])
    .default("garage")
    .describe("What it is, in Home Assistant's words. Default: garage."),
};

/** The options of a garage door, checked. */
export type DoorOptions = OptionsOf<typeof doorOptions>;

/** The options that do not go together, each with what to do. */
export function doorConflicts(options: DoorOptions): Partial<Record<keyof DoorOptions, string>> {
  const { open_time, close_time = open_time, closed_contact_pin, open_contact_pin, pulse } = options;
  const shorter = pulse >= open_time ? "open_time" : pulse >= close_time ? "close_time" : undefined;
  return {
    ...(closed_contact_pin === undefined &&
      open_contact_pin === undefined && {
        closed_contact_pin: "is missing, and so is open_contact_pin; the agent has to see the door at one end at least",
      }),
    ...(shorter && { pulse: `must be shorter than ${shorter}` }),
  };
}
