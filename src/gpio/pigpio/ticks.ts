/** A new comparison of the two clocks that is uncertain by less than this, in milliseconds, always replaces the old one. */
const sureMs = 20;

/** After this time, in milliseconds, an uncertain comparison is better than the old one: the clocks drift by up to 0.1 ms a second. */
const oldMs = 600_000;

/**
 * Converts pigpio's ticks to the agent's monotonic clock. A tick is the Pi's system timer in microseconds, cut to 32 bits, so it starts
 * again every 71.6 minutes. A comparison of the clocks is valid for half of that time, before and after.
 */
export class TickScale {
  #known: { readonly tick: number; readonly ms: number } | undefined;

  /** Compares the clocks. The tick was read between the two times. */
  compare(tick: number, beforeMs: number, afterMs: number): void {
    const ageMs = this.#known === undefined ? Number.POSITIVE_INFINITY : afterMs - this.#known.ms;
    if (afterMs - beforeMs > sureMs && ageMs < oldMs) return;
    this.#known = { tick, ms: (beforeMs + afterMs) / 2 };
  }

  /** When the tick was, in milliseconds of the monotonic clock. It needs a comparison first, and a new one every half hour. */
  toMs(tick: number): number {
    if (this.#known === undefined) throw new Error("ticks were never compared with the clock");
    // Arithmetic with 32 bits: a tick after the wrap is then a little later, and not an hour earlier.
    return this.#known.ms + ((tick - this.#known.tick) | 0) / 1_000;
  }
}
