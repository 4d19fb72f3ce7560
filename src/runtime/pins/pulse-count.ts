/** An edge as the device understands it: active or not. */
export interface CountedEdge {
  readonly isActive: boolean;
  readonly atMs: number;
  /** How many edges before it were counted but not reported. */
  readonly missed: number;
}

/**
 * Finds pulses in edges, by their time stamps alone. A pulse begins when the input becomes active and stays so for the debounce time, after
 * it was inactive for at least as long. So edges that are reported late are counted as exactly as those that are reported at once.
 */
export class PulseCount {
  readonly #debounceMs: number;
  readonly #onPulse: (atMs: number, pulses: number) => void;
  /** The last level that was steady. */
  #steady: boolean;
  /** The last level that was reported, and since when. */
  #told: { isActive: boolean; atMs: number };

  /** `debounceMs` is 0 if the edges are debounced already. */
  constructor(isActive: boolean, debounceMs: number, onPulse: (atMs: number, pulses: number) => void) {
    this.#steady = isActive;
    this.#told = { isActive, atMs: Number.NEGATIVE_INFINITY };
    this.#debounceMs = debounceMs;
    this.#onPulse = onPulse;
  }

  /** The level that was reported last. */
  get isActive(): boolean {
    return this.#told.isActive;
  }

  /** Takes an edge. Edges come in the order of their time. */
  edge({ isActive, atMs, missed }: CountedEdge): void {
    if (this.#debounceMs === 0) {
      this.#countAll(isActive, atMs, missed);
      return;
    }
    this.settle(atMs);
    this.#told = { isActive, atMs };
  }

  /** Notes that the level has not changed until now. */
  settle(nowMs: number): void {
    const { isActive, atMs } = this.#told;
    if (isActive === this.#steady || nowMs < atMs + this.#debounceMs) return;
    this.#steady = isActive;
    if (isActive) this.#onPulse(atMs, 1);
  }

  /** Counts the pulses among several edges in a row. Every second edge begins a pulse: the first one if the input was inactive before. */
  #countAll(isActive: boolean, atMs: number, missed: number): void {
    // The level was known already, so an edge in between was not reported.
    const untold = missed + (isActive === this.#steady && missed % 2 === 0 ? 1 : 0);
    const edges = untold + 1;
    const pulses = this.#steady ? Math.floor(edges / 2) : Math.ceil(edges / 2);
    this.#steady = isActive;
    this.#told = { isActive, atMs };
    if (pulses > 0) this.#onPulse(atMs, pulses);
  }
}
