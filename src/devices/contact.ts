import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { duration } from "../core/duration.ts";
import { pin } from "../core/pin.ts";
import { onOff, onOffWord } from "../core/switching.ts";

/** Home Assistant's words for a binary sensor that a pin can be; ON means open, motion, wet, pressed and so on. */
const deviceClasses = [
  "door",
  "garage_door",
  "lock",
  "moisture",
  "motion",
  "occupancy",
  "opening",
  "power",
  "presence",
  "problem",
  "safety",
  "smoke",
  "sound",
  "tamper",
  "vibration",
  "window",
] as const;

/** A plain input: door, window, motion detector, button. */
export const contact = defineDevice({
  kind: "contact",
  summary: "A door, window, motion or button input: ON while the contact is open, in motion or pressed, OFF otherwise.",
  options: {
    pin: pin("The pin that the contact is wired to, as a BCM number.", "input", {
      activeLow: "active_low",
      pull: "pull",
    }),
    active_low: z
      .boolean()
      .default(false)
      .describe(
        "True when a low level means ON, as for a button between the pin and ground. A door contact between the pin and ground is high while the door is open: leave it false. Default: false.",
      ),
    pull: z
      .enum(["up", "down", "none"])
      .default("up")
      .describe("The resistor that holds the pin while the contact is open. Default: up."),
    debounce: duration({ min: "0ms", max: "10s" })
      .default(50)
      .describe("How long a level must stand still before it counts. Default: 50ms."),
    device_class: z.enum(deviceClasses).optional().describe("What the contact watches, in Home Assistant's words."),
  },
  example: { topic: "home/office/door", pin: 5, device_class: "door" },
  wiring: { part: "contact" },
  state: onOff,
  entities: ({ device_class }) => [
    { key: "contact", platform: "binary_sensor", ...(device_class && { settings: { device_class } }) },
  ],
  async setup(options, context) {
    await context.gpio.input(options.pin, {
      debounceMs: options.debounce,
      onState: (active) => context.report(onOffWord(active)),
    });
    return {};
  },
});
