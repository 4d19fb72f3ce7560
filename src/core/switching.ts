import * as z from "zod";

/** The state of whatever is on or off: `ON` or `OFF`, Home Assistant's default payloads. */
export const onOff = z.enum(["ON", "OFF"]);

/** The word for a state. */
export function onOffWord(on: boolean): z.output<typeof onOff> {
  return on ? "ON" : "OFF";
}

const meanings = { on: "on", "1": "on", true: "on", off: "off", "0": "off", false: "off", toggle: "toggle" } as const;

const stateWord = z.preprocess(
  (sent) => (["string", "number", "boolean"].includes(typeof sent) ? String(sent).trim().toLowerCase() : sent),
  z
    .enum(Object.keys(meanings) as (keyof typeof meanings)[], {
      error: "say on, off or toggle, 1 or 0, true or false",
    })
    .transform((word) => meanings[word]),
);

/** A week: long enough for any timed switching, short enough that a slip of the finger shows. */
const longestOnTimeSeconds = 7 * 24 * 3600;

/**
 * A command to whatever is on or off: a word (`on off toggle 1 0 true false`) or JSON such as
 * `{"state":"ON","on_time":300}`, with `on_time` in seconds as Zigbee2MQTT has it. A key that is not known is refused:
 * a pump must not run for ever because of a misspelt `on_time`.
 */
export const switchCommand = z.preprocess(
  (sent) => (typeof sent === "object" && sent !== null ? sent : { state: sent }),
  z.strictObject(
    {
      state: stateWord,
      on_time: z
        .number({ error: "on_time is a number of seconds" })
        .positive({ error: "on_time is more than 0 seconds" })
        .max(longestOnTimeSeconds, { error: `on_time is at most ${longestOnTimeSeconds} seconds` })
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `there is no "${issue.keys[0]}" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted`
          : 'say {"state":"ON"}',
    },
  ),
);

/** A command to whatever is on or off, understood. */
export type SwitchCommand = z.output<typeof switchCommand>;

/** The highest brightness, as Home Assistant and Zigbee2MQTT count it. */
export const fullBrightness = 255;

/**
 * A command to a light: what {@link switchCommand} takes as words, or JSON such as `{"state":"ON","brightness":128}`. Brightness
 * alone switches on; brightness 0 switches off.
 */
export const lightCommand = z.preprocess(
  (sent) => (typeof sent === "object" && sent !== null ? sent : { state: sent }),
  z
    .strictObject(
      {
        state: stateWord.optional(),
        brightness: z
          .int({ error: "brightness is a whole number" })
          .min(0, { error: "brightness is at least 0" })
          .max(fullBrightness, { error: `brightness is at most ${fullBrightness}` })
          .optional(),
        // Home Assistant may ask for a slow change or a flash, in seconds; the change is made at once, and lasts.
        transition: z.number().min(0).optional(),
        flash: z.number().min(0).optional(),
      },
      {
        error: (issue) =>
          issue.code === "unrecognized_keys"
            ? `there is no "${issue.keys[0]}" in a command to a light; say {"state":"ON","brightness":128}`
            : 'say {"state":"ON","brightness":128}',
      },
    )
    .refine(({ state, brightness }) => state !== undefined || brightness !== undefined, {
      error: 'say {"state":"ON","brightness":128}',
    }),
);
