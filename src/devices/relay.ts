import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { onOffAppearances, onOffEntity } from "../core/entity.ts";
import { pin } from "../core/pin.ts";
import { onOff, onOffWord, switchCommand } from "../core/switching.ts";
import type { Cancel } from "../core/time/clock.ts";

const rest = z.enum(["off", "on", "keep"]);

/** A relay, or anything else that one output switches. */
export const relay = defineDevice({
  kind: "relay",
  summary: "A relay, lamp, pump or anything else that one pin switches on and off.",
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
    initial: rest
      .default("off")
      .describe("What the relay does when the agent starts; keep leaves it as it was. Default: off."),
    on_exit: rest
      .default("off")
      .describe("What the relay does when the agent stops; keep leaves it as it is. Default: off."),
    show_as: z
      .enum(onOffAppearances)
      .default("switch")
      .describe(
        "What Home Assistant shows it as; a valve is open and a lock is unlocked while it is on. Default: switch.",
      ),
  },
  example: { topic: "home/office/lamp", pin: 6, active_low: true },
  wiring: { part: "relay", supply: "5V" },
  state: onOff,
  entities: ({ show_as }) => [onOffEntity("relay", show_as)],
  command: ({ show_as }) => switchCommand(show_as),
  async setup(options, context) {
    const output = await context.gpio.output(options.pin, {
      onState: (on) => context.report(onOffWord(on)),
    });
    let cancelOffTimer: Cancel = () => {};
    return {
      command({ state, on_time }) {
        cancelOffTimer();
        const on = state === "toggle" ? !output.isOn() : state === "on";
        output.set(on);
        if (on && on_time !== undefined)
          cancelOffTimer = context.clock.after(on_time * 1000, () => output.set(false, "on_time"));
      },
    };
  },
});
