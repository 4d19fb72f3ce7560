import * as z from "zod";
import type { Switch } from "../core/device-gpio.ts";
import { defineDevice } from "../core/kind.ts";
import { pin } from "../core/pin.ts";
import { onOff } from "../core/switching.ts";
import type { Cancel } from "../core/time/clock.ts";
import { duration } from "../core/time/duration.ts";
import { sirenCommand } from "./siren/siren-command.ts";
import { sound, tonesOption } from "./siren/tones.ts";

/**
 * What Home Assistant reads of the state: a tone and whole seconds while it is on. It takes no null, and complains of other keys
 * (components/mqtt/siren.py).
 */
const stateTemplate =
  "{% if value_json.state == 'ON' %}" +
  '{"state":"ON","tone":"{{ value_json.tone }}","duration":{{ value_json.duration | round(0, "ceil") | int }}}' +
  "{% else %}OFF{% endif %}";

/** A siren or buzzer that makes its own sound while its pin is on. Its tones are patterns of on and off. */
export const siren = defineDevice({
  kind: "siren",
  summary:
    "A siren, horn or active buzzer that sounds while its pin is on: with tones that are patterns of on and off, and never longer than max_duration.",
  usedFor: "a siren, horn or buzzer",
  searchedAs: ["KY-006", "KY-012"],
  options: {
    pin: pin(
      "The pin that switches the siren, as a BCM number; a buzzer has to make its sound by itself, since it gets no pulses.",
      "output",
      { activeLow: "active_low" },
    ),
    active_low: z
      .boolean()
      .default(false)
      .describe("True for a relay board that switches on when its input is pulled to ground. Default: false."),
    tones: tonesOption,
    tone: z
      .string()
      .optional()
      .describe("The name of the tone where a command names none. Default: the first of the tones."),
    duration: duration({ min: "100ms", max: "1d" })
      .optional()
      .describe("How long it sounds where a command does not say so. Default: max_duration."),
    max_duration: duration({ min: "1s", max: "1d" })
      .default(180_000)
      .describe(
        "How long it sounds at most, counted from when it went on: no further command makes this longer. Default: 3m.",
      ),
  },
  example: { topic: "home/hall/siren", pin: 20, max_duration: "5m", tones: { alarm: ["500ms", "500ms"], steady: [] } },
  wiring: { part: "relay", supply: "5V" },
  conflicts({ tones, tone, duration: usual, max_duration: longest }) {
    const names = Object.keys(tones);
    return {
      ...(tone !== undefined &&
        !names.includes(tone) && { tone: `is none of the tones, which are ${names.join(", ")}` }),
      ...(usual !== undefined &&
        usual > longest && { duration: "is longer than max_duration; make it shorter, or max_duration longer" }),
    };
  },
  state: z.strictObject({
    state: onOff,
    tone: z.string().nullable(),
    duration: z.number().min(0).nullable(),
    limited: z.boolean(),
  }),
  entities: ({ tones }) => [
    {
      key: "siren",
      platform: "siren",
      settings: {
        available_tones: Object.keys(tones),
        support_duration: true,
        support_volume_set: false,
        state_value_template: stateTemplate,
      },
    },
  ],
  command: ({ tones }) => sirenCommand(Object.keys(tones)),
  async setup({ pin: sirenPin, tones, max_duration: maxOnMs, ...options }, context) {
    const { clock } = context;
    const usual = { tone: options.tone ?? Object.keys(tones)[0] ?? "", ms: options.duration ?? maxOnMs };
    let wanted = usual;
    let output: Switch | undefined;
    let onSinceMs: number | undefined;
    let cancelTone: Cancel = () => {};
    let cancelEnd: Cancel = () => {};

    const onState = (on: boolean) => {
      cancelTone();
      cancelEnd();
      if (on) begin();
      else {
        wanted = usual;
        onSinceMs = undefined;
        context.report({ state: "OFF", tone: null, duration: null, limited: false });
      }
    };
    /** It is on, or was told so again. */
    const begin = () => {
      const nowMs = clock.monotonicMs();
      onSinceMs ??= nowMs;
      const leftMs = onSinceMs + maxOnMs - nowMs;
      const ms = Math.min(wanted.ms, leftMs);
      cancelTone = sound(tones[wanted.tone] ?? [], clock, (isPaused) => output?.pause(isPaused));
      cancelEnd = clock.after(ms, () => output?.set(false, "duration"));
      const seconds = Number((ms / 1_000).toFixed(3));
      context.report({ state: "ON", tone: wanted.tone, duration: seconds, limited: wanted.ms > leftMs });
    };
    output = await context.gpio.output(sirenPin, { onState, maxOnMs });
    return {
      command({ state, tone = usual.tone, duration: seconds }) {
        const on = state === "toggle" ? !output.isOn() : state === "on";
        if (on) wanted = { tone, ms: seconds === undefined ? usual.ms : seconds * 1_000 };
        output.set(on);
      },
    };
  },
});
