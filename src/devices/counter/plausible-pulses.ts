/** Takes only pulses that are no faster than the meter can be, by their time stamps. */
export class PlausiblePulses {
  readonly #shortestMs: number;
  #lastMs = Number.NEGATIVE_INFINITY;
  #rejected = 0;

  /** `shortestMs` is the shortest time from one pulse to the next, in milliseconds. */
  constructor(shortestMs: number) {
    this.#shortestMs = shortestMs;
  }

  /** How many pulses were not taken. */
  get rejected(): number {
    return this.#rejected;
  }

  /** How many of these pulses are taken, of which the last began at this time. */
  taken(atMs: number, pulses: number): number {
    const taken = Math.min(pulses, Math.floor((atMs - this.#lastMs) / this.#shortestMs));
    this.#rejected += pulses - taken;
    if (taken > 0) this.#lastMs = atMs;
    return taken;
  }
}
