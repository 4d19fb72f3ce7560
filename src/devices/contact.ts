import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { pin } from "../core/pin.ts";
import { onAgainAndAgain } from "../core/pretend.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import { duration } from "../core/time/duration.ts";

/**
 * Home Assistant's device classes of binary sensors (www.home-assistant.io/integrations/binary_sensor). Its page says what ON means: open,
 * motion, wet, gas and so on. For battery ON means low, for lock open, for safety danger.
 */
const deviceClasses = [
  "battery",
  "battery_charging",
  "carbon_monoxide",
  "cold",
  "connectivity",
  "door",
  "garage_door",
  "gas",
  "heat",
  "light",
  "lock",
  "moisture",
  "motion",
  "moving",
  "occupancy",
  "opening",
  "plug",
  "power",
  "presence",
  "problem",
  "running",
  "safety",
  "smoke",
  "sound",
  "tamper",
  "update",
  "vibration",
  "window",
] as const;

/** A plain input: a door, a window, a motion detector, a button. */
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
    device_class: z
      .enum(deviceClasses)
      .optional()
      .describe(
        "What the contact watches, in Home Assistant's words, whose page of binary sensors says what ON means for each: battery is low, lock is open, safety is in danger.",
      ),
  },
  example: { topic: "home/office/door", pin: 5, device_class: "door" },
  wiring: { part: "contact" },
  pretend: { routine: ({ debounce }) => onAgainAndAgain("pin", [[4 * 60_000, debounce + 30_000]]) },
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
