import * as z from "zod";
import { onOffAppearances, onOffEntity } from "../core/entity.ts";
import { defineDevice } from "../core/kind.ts";
import { pin } from "../core/pin.ts";
import { Refusal } from "../core/refusal.ts";
import { onOff, onOffWord, switchCommand } from "../core/switching.ts";
import type { Cancel } from "../core/time/clock.ts";
import { duration } from "../core/time/duration.ts";

/** A relay, or anything else that one output switches. */
export const relay = defineDevice({
  kind: "relay",
  summary: "A relay, lamp, pump or anything else that one pin switches on and off.",
  usedFor: "a relay, lamp, pump, valve or socket that one pin switches",
  searchedAs: ["KY-019", "relay board", "SSR"],
  alsoCalled: ["switch", "gpioswitch", "output", "gpiooutput"],
  options: {
    pin: pin("The pin that switches the relay, as a BCM number.", "output", {
      activeLow: "active_low",
      initial: "initial",
      rest: "on_exit",
    }),
    active_low: z
      .boolean()
      .default(false)
      .describe("True for a relay board that switches on when its input is pulled to ground. Default: false."),
    initial: z
      .enum(["off", "on", "keep", "last"])
      .default("off")
      .describe(
        "What the relay does when the agent starts; keep leaves the pin as it was, last does what the relay did before, also after a power cut. Default: off.",
      ),
    on_exit: z
      .enum(["off", "on", "keep"])
      .default("off")
      .describe("What the relay does when the agent stops; keep leaves it as it is. Default: off."),
    pulse: duration({ min: "20ms", max: "1h" })
      .optional()
      .describe(
        "How long the relay is on at each command, as a door strike, an impulse relay or a garage door needs; another command during that time is refused. Default: it stays on.",
      ),
    show_as: z
      .enum(onOffAppearances)
      .default("switch")
      .describe(
        "What Home Assistant shows it as; a valve is open and a lock is unlocked while it is on, and a button switches it on. Default: switch.",
      ),
  },
  example: { topic: "home/office/lamp", pin: 6, active_low: true },
  conflicts({ pulse, initial, on_exit }) {
    if (pulse === undefined) return {};
    const never = "does not go with pulse, since a pulse comes only by a command; remove it or write off";
    return { ...(initial !== "off" && { initial: never }), ...(on_exit !== "off" && { on_exit: never }) };
  },
  wiring: { part: "relay", supply: "5V" },
  state: onOff,
  entities: ({ show_as }) => [onOffEntity("relay", show_as)],
  command: ({ show_as }) => switchCommand(show_as),
  timed: ({ pulse }) => pulse === undefined,
  async setup({ pin, pulse }, context) {
    let cancelPulse: Cancel = () => {};
    const output = await context.gpio.output(pin, {
      onState(on) {
        cancelPulse();
        if (on && pulse !== undefined) cancelPulse = context.clock.after(pulse, () => output.set(false, "pulse"));
        context.report(onOffWord(on));
      },
    });
    return {
      command({ state }) {
        const on = state === "toggle" ? !output.isOn() : state === "on";
        if (on && pulse !== undefined && output.isOn()) throw new Refusal("busy", "the last pulse is not over");
        output.set(on);
      },
    };
  },
});
