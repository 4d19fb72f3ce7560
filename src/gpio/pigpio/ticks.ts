/** How sure a comparison of both clocks has to be, in milliseconds, to replace one that is there. */
const sureMs = 20;

/** When an unsure comparison is better than an old one: the clocks drift by up to 0.1 ms a second. */
const oldMs = 600_000;

/**
 * Puts pigpio's ticks on the scale of the agent's monotonic clock. A tick is the Pi's system timer in microseconds, cut
 * to 32 bits, so that it begins anew every 71.6 minutes; a comparison holds for half of that in both directions.
 */
export class TickScale {
  #known: { readonly tick: number; readonly ms: number } | undefined;

  /** Compares: the tick was read between the two times. */
  compare(tick: number, beforeMs: number, afterMs: number): void {
    const ageMs = this.#known === undefined ? Number.POSITIVE_INFINITY : afterMs - this.#known.ms;
    if (afterMs - beforeMs > sureMs && ageMs < oldMs) return;
    this.#known = { tick, ms: (beforeMs + afterMs) / 2 };
  }

  /** When the tick was. Needs a comparison first, and one every half hour. */
  toMs(tick: number): number {
    if (this.#known === undefined) throw new Error("ticks were never compared with the clock");
    // 32-bit arithmetic, so that a tick after the wrap is a little later and not an hour earlier.
    return this.#known.ms + ((tick - this.#known.tick) | 0) / 1_000;
  }
}
