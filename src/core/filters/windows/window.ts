import * as z from "zod";
import type { Filter } from "../filter.ts";

/** When a filter that looks at several values says something. */
interface Sending {
  readonly send_every: number;
  readonly send_first_at: number;
}

/** What a filter with a window needs. */
interface WindowOptions extends Sending {
  readonly window_size: number;
}

const count = z.int().min(1).max(10_000);

/** The options that say when something is said. `usual` is the default of send_every. */
export function sendingOptions(usual: number) {
  return { send_every: count.default(usual), send_first_at: count.default(1) };
}

/** Whether the first value is said no later than the others. */
export function isFirstInTime({ send_every, send_first_at }: Sending): boolean {
  return send_first_at <= send_every;
}

/** What is wrong where it is not. */
export const notInTime = { error: "has a send_first_at above its send_every; write one that is not above it" };

/** The options of a window with these defaults. */
export function windowOptions(usual: { readonly window_size: number; readonly send_every: number }) {
  return z
    .strictObject({ window_size: count.default(usual.window_size), ...sendingOptions(usual.send_every) })
    .refine(isFirstInTime, notInTime);
}

/** Whether it is time to say something: at the value `send_first_at`, and at every `send_every` values after that. */
export function sending({ send_every, send_first_at }: Sending): () => boolean {
  let waiting = send_every - send_first_at;
  return () => {
    waiting += 1;
    if (waiting < send_every) return false;
    waiting = 0;
    return true;
  };
}

/** A filter that makes one value of the last ones, at most `window_size`, which it gets with the oldest first. */
export function windowFilter(options: WindowOptions, result: (values: readonly number[]) => number): Filter {
  const values: number[] = [];
  let isTime = sending(options);
  return {
    next(value) {
      values.push(value);
      if (values.length > options.window_size) values.shift();
      return isTime() ? result(values) : undefined;
    },
    forget() {
      values.length = 0;
      isTime = sending(options);
    },
  };
}

/** The longest time between two values that such a filter says. */
export function windowGapMs<Options extends Sending>({ send_every }: Options, everyMs: number): number {
  return everyMs * send_every;
}

/** The values from the lowest to the highest. */
export function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}
