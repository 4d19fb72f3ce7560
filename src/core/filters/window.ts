import * as z from "zod";

/** The last values of a measure, at most so many. */
export class Window {
  readonly #size: number;
  readonly #values: number[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Takes the next value; gives all that are in the window then, the oldest first. */
  push(value: number): readonly number[] {
    this.#values.push(value);
    if (this.#values.length > this.#size) this.#values.shift();
    return this.#values;
  }
}

/** How many values a window has, as an option. */
export function windowSize(usual: number) {
  return z.strictObject({ window_size: z.int().min(2).max(1_000).default(usual) });
}
