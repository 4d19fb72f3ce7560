import * as z from "zod";
import { contactOptions, debounceConflicts, debouncing } from "../core/inputs/input-options.ts";
import { defineDevice } from "../core/kind.ts";
import { onAgainAndAgain } from "../core/simulation/pretended-inputs.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import { duration } from "../core/time/duration.ts";
import { keepTime } from "../core/time/keep-time.ts";
import { DelayedLevel } from "./contact/delayed-level.ts";

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
  usedFor: "a door, window, motion or water contact",
  searchedAs: [
    "PIR",
    "HC-SR501",
    "reed switch",
    "KY-021",
    "tilt switch",
    "KY-017",
    "KY-020",
    "vibration switch",
    "flood sensor",
    "float switch",
  ],
  alsoCalled: ["binarysensor", "gpiobinarysensor", "input", "gpioinput", "reed", "door", "window", "motion", "pir"],
  options: {
    ...contactOptions({
      pin: "the contact is wired to",
      activeLow: {
        default: false,
        means:
          "True when a low level means ON, as for a button between the pin and ground. A door contact between the pin and ground is high while the door is open: leave it false.",
      },
      held: "while the contact is open",
      debounce: { default: "50ms", max: "10s", means: "How long a level must stand still before it counts." },
    }),
    invert: z
      .boolean()
      .default(false)
      .describe(
        "True: publishes ON for OFF and OFF for ON, whatever active_low says of the level. It works before the delays. Default: false.",
      ),
    delayed_on: duration({ min: "0ms", max: "1d" })
      .default(0)
      .describe("How long the contact must be ON before ON is published. Default: 0ms."),
    delayed_off: duration({ min: "0ms", max: "1d" })
      .default(0)
      .describe(
        "How long the contact must be OFF before OFF is published, such as 2m to hold the ON of a motion detector. Default: 0ms.",
      ),
    device_class: z
      .enum(deviceClasses)
      .optional()
      .describe(
        "What the contact watches, in Home Assistant's words, whose page of binary sensors says what ON means for each: battery is low, lock is open, safety is in danger.",
      ),
  },
  example: { topic: "home/office/door", pin: 5, device_class: "door" },
  wiring: { part: "contact" },
  pretend: {
    routine: ({ debounce, delayed_on }) => onAgainAndAgain("pin", [[4 * 60_000, debounce + delayed_on + 30_000]]),
  },
  state: onOff,
  entities: ({ device_class }) => [
    { key: "contact", platform: "binary_sensor", ...(device_class && { settings: { device_class } }) },
  ],
  conflicts: debounceConflicts,
  async setup({ pin, invert, delayed_on, delayed_off, ...options }, { gpio, clock, report }) {
    const level = new DelayedLevel({ onMs: delayed_on, offMs: delayed_off }, (isOn) => report(onOffWord(isOn)));
    const waitUntilDue = keepTime(clock, level);
    await gpio.input(pin, {
      ...debouncing(options),
      onState: (isActive, atMs) => {
        level.change(isActive !== invert, atMs);
        waitUntilDue();
      },
    });
    return {};
  },
});
