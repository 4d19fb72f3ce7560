import * as z from "zod";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { duration } from "../../core/time/duration.ts";

/** How a tone sounds: how long the output is on, off, on, off and so on, in milliseconds, again and again. Empty: on without a break. */
export type Tone = readonly number[];

/** The tones of a siren by their names. */
export type Tones = Readonly<Record<string, Tone>>;

/** The tones of a siren whose owner wrote none. */
const usualTones: Tones = { steady: [], slow: [1_000, 1_000], fast: [250, 250] };

/** So many tones, and so many parts of one, are more than any siren has. */
const most = 32;

const pattern = z
  .array(duration({ min: "20ms", max: "1m" }), { error: "is not a list; write on, off, on, off, as in [500ms, 500ms]" })
  .max(most, { error: `is too long; write at most ${most} durations` })
  .refine((parts) => parts.length % 2 === 0, {
    error: "has an odd number of durations; write them in pairs of on and off, as in [500ms, 500ms]",
  });

/** The option `tones`. */
export const tonesOption = z
  .record(z.string(), pattern, {
    error: ({ input }) =>
      Array.isArray(input) ? "is a list; write a name for each tone, as in {alarm: [500ms, 500ms]}" : undefined,
  })
  .superRefine((tones, context) => {
    const names = Object.keys(tones);
    const wrong = names.filter((name) => !/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/.test(name));
    // An issue of this sort is shown at the key.
    if (wrong.length > 0)
      context.addIssue({
        code: "unrecognized_keys",
        keys: wrong,
        message:
          "is not a name of a tone; begin with a small letter, and go on with small letters, digits, _ and -, as in two_tone",
      });
    if (names.length === 0) context.addIssue({ code: "custom", message: "has no tone; write one or remove the line" });
    if (names.length > most) context.addIssue({ code: "custom", message: `has too many tones; write at most ${most}` });
  })
  .default(usualTones as Record<string, number[]>)
  .describe(
    "The tones by their names, each a list of durations: on, off, on, off and so on, again and again; an empty list is on without a break. Default: steady, slow and fast.",
  );

/** Sounds a tone on an output that is on, until it is cancelled. */
export function sound(tone: Tone, clock: Pick<Clock, "after">, pause: (isPaused: boolean) => void): Cancel {
  let cancel: Cancel = () => {};
  const part = (index: number) => {
    cancel = clock.after(tone[index] ?? 0, () => {
      const next = (index + 1) % tone.length;
      part(next);
      pause(next % 2 === 1);
    });
  };
  if (tone.length > 0) part(0);
  return () => cancel();
}
