import * as z from "zod";
import type { Clock } from "../time/clock.ts";
import { duration } from "../time/duration.ts";
import { keepTime } from "../time/keep-time.ts";
import { Presses, type PressRules, type PressType } from "./presses.ts";

/** The options of everything that is pressed. */
export const pressOptions = {
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
  repeat_time: duration({ min: "50ms", max: "1m" })
    .optional()
    .describe(
      "How often long_repeat is told while a long press lasts, such as 200ms to dim a lamp; it ends after a minute. Default: never.",
    ),
};

/** What was chosen of {@link pressOptions}, and the debounce time of the button. */
export interface PressSettings {
  readonly debounce: number;
  readonly presses: 1 | 2 | 3;
  readonly double_time: number;
  readonly long_time: number;
  readonly repeat_time?: number | undefined;
}

/** What the options make of presses. */
export function pressRules(options: PressSettings): PressRules {
  const { presses, double_time, long_time, repeat_time = 0 } = options;
  return { most: presses, gapMs: double_time, longMs: long_time, repeatMs: repeat_time };
}

/** What does not go together in {@link pressOptions}. */
export function pressConflicts({ presses, debounce, double_time, long_time, repeat_time }: PressSettings) {
  const neverTwice = presses > 1 && double_time <= debounce;
  return {
    ...(neverTwice && {
      double_time: `is not longer than debounce, which is ${debounce}ms, so no press could be a second one; write a longer time, or presses: 1`,
    }),
    ...(repeat_time !== undefined &&
      long_time === 0 && { repeat_time: "repeats a long press, which long_time: 0ms forbids; take one of them out" }),
  };
}

/** Tells what the presses of one button are. Call what is returned for each state of the button, the one at the start first. */
export function watchPresses(
  clock: Clock,
  rules: PressRules,
  tell: (type: PressType) => void,
): (isPressed: boolean, atMs: number) => void {
  const presses = new Presses(rules, tell);
  const waitUntilDue = keepTime(clock, presses);
  let isFirst = true;
  return (isPressed, atMs) => {
    if (isFirst) presses.begin(isPressed, atMs);
    else presses.change(isPressed, atMs);
    isFirst = false;
    waitUntilDue();
  };
}
