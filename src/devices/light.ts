import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { pin } from "../core/pin.ts";
import { onOff, onOffWord } from "../core/switching.ts";
import { fullBrightness, lightCommand } from "./light/light-command.ts";

/** An LED strip behind a transistor, or anything else that is dimmed by a pulse train. */
export const light = defineDevice({
  kind: "light",
  summary: "A dimmable light: an LED or LED strip behind a transistor, on a pin with a pulse train (PWM).",
  options: {
    pin: pin(
      "The pin that dims the light, as a BCM number; 12, 13, 18 and 19 have pulses of their own, others need an overlay.",
      "pwm",
      { activeLow: "active_low", initial: "initial", rest: "on_exit" },
    ),
    active_low: z.boolean().default(false).describe("True when the light is on while the pin is low. Default: false."),
    frequency: z
      .number()
      .min(10)
      .max(20_000)
      .default(1_000)
      .describe("How many pulses per second; more flicker less, and make the transistor warmer. Default: 1000."),
    initial: z.enum(["off", "on"]).default("off").describe("What the light does when the agent starts. Default: off."),
    on_exit: z
      .enum(["off", "on", "keep"])
      .default("off")
      .describe("What the light does when the agent stops; keep leaves it as it is. Default: off."),
  },
  example: { topic: "home/office/strip", pin: 18 },
  state: z.strictObject({ state: onOff, brightness: z.int().min(0).max(fullBrightness) }),
  entities: () => [
    {
      key: "light",
      platform: "light",
      settings: {
        schema: "json",
        brightness: true,
        brightness_scale: fullBrightness,
        supported_color_modes: ["brightness"],
        flash: false,
        transition: false,
      },
    },
  ],
  command: lightCommand,
  async setup(options, context) {
    let isOn = false;
    let brightness = fullBrightness;
    const pulses = await context.gpio.pwm(options.pin, {
      frequencyHz: options.frequency,
      onPower: (power) => {
        isOn = power > 0;
        context.report({ state: onOffWord(isOn), brightness });
      },
    });
    return {
      command(command) {
        const { state = command.brightness === 0 ? "off" : "on" } = command;
        const on = (state === "toggle" ? !isOn : state === "on") && command.brightness !== 0;
        // When the light is switched off, its brightness is kept for the next time.
        if (command.brightness) brightness = command.brightness;
        pulses.set(on ? brightness / fullBrightness : 0);
      },
    };
  },
});
