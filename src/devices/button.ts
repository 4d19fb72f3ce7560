import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { pin } from "../core/pin.ts";
import { onAgainAndAgain } from "../core/pretend.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import type { Cancel } from "../core/time/clock.ts";
import { duration } from "../core/time/duration.ts";
import { onceAllIsTold } from "../core/time/once-all-is-told.ts";
import { Presses, type PressRules, pressTypes, toldTypes } from "./button/presses.ts";

/** What the options make of presses. */
function rulesOf(options: { presses: 1 | 2 | 3; double_time: number; long_time: number }): PressRules {
  return { most: options.presses, gapMs: options.double_time, longMs: options.long_time };
}

/** Somebody presses it once, twice and for long, as far as its options tell these apart. */
function pretendedPresses(options: { presses: number; debounce: number; double_time: number; long_time: number }) {
  const short = options.debounce + 150;
  const gap = (options.debounce + options.double_time) / 2;
  const single = [3 * 60_000, short] as const;
  const second = [gap, short] as const;
  const long = [3 * 60_000, options.long_time + options.debounce + 400] as const;
  return onAgainAndAgain("pin", [
    single,
    ...(options.presses > 1 ? [single, second] : []),
    ...(options.long_time > 0 ? [long] : []),
  ]);
}

/** A push button, whose presses are events. */
export const button = defineDevice({
  kind: "button",
  summary: "A push button: tells of single, double, triple and long presses, and is ON while it is pressed.",
  options: {
    pin: pin("The pin that the button is wired to, as a BCM number.", "input", {
      activeLow: "active_low",
      pull: "pull",
    }),
    active_low: z
      .boolean()
      .default(true)
      .describe(
        "True when a low level means pressed, as for a button between the pin and ground. False for a button between the pin and 3V3, with pull: down. Default: true.",
      ),
    pull: z
      .enum(["up", "down", "none"])
      .default("up")
      .describe("The resistor that holds the pin while the button is not pressed. Default: up."),
    debounce: duration({ min: "0ms", max: "1s" })
      .default(30)
      .describe("How long a level must stand still before it counts. Default: 30ms."),
    presses: z
      .literal([1, 2, 3], { error: "is not a number of presses; write 1, 2 or 3" })
      .default(2)
      .describe(
        "How many presses in a row are told as one at most: 3 for triple, 2 for double, 1 for none, so that a single need not wait for the next press. Default: 2.",
      ),
    double_time: duration({ min: "50ms", max: "5s" })
      .default(350)
      .describe(
        "How soon after a release the next press of a double or triple must begin, which is later than debounce; single is told after this time. Default: 350ms.",
      ),
    long_time: duration({ min: "0ms", max: "1m" })
      .default(800)
      .describe(
        "How long a press must last to be long, which is told while the button is still pressed. 0ms: no press is long, and with presses: 1 a single is told at the press, without waiting for the release. Default: 800ms.",
      ),
  },
  example: { topic: "home/hall/button", pin: 22 },
  wiring: { part: "contact" },
  pretend: { routine: pretendedPresses },
  state: onOff,
  events: { action: pressTypes },
  eventClasses: { action: "button" },
  eventTypes: (options) => ({ action: toldTypes(rulesOf(options)) }),
  // The presses are what most want; whoever wants to know how long it is held enables this.
  entities: () => [
    { key: "pressed", platform: "binary_sensor", name: "Pressed", settings: { enabled_by_default: false } },
  ],
  async setup(options, context) {
    const { clock } = context;
    const presses = new Presses(rulesOf(options), (type) => context.emit("action", type));
    let cancelTimer: Cancel = () => {};
    const waitForMore = () => {
      cancelTimer();
      const { dueMs } = presses;
      if (dueMs === undefined) return;
      cancelTimer = onceAllIsTold(clock, dueMs, () => {
        presses.pass(clock.monotonicMs());
        waitForMore();
      });
    };
    let isFirst = true;
    await context.gpio.input(options.pin, {
      debounceMs: options.debounce,
      onState: (isPressed, atMs) => {
        context.report(onOffWord(isPressed));
        if (isFirst) presses.begin(isPressed, atMs);
        else presses.change(isPressed, atMs);
        isFirst = false;
        waitForMore();
      },
    });
    return {};
  },
});
