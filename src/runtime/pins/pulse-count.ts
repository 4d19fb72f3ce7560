/** An edge, in the device's terms. */
export interface CountedEdge {
  readonly isActive: boolean;
  readonly atMs: number;
  /** Edges before it that were counted but not told. */
  readonly missed: number;
}

/**
 * Finds pulses in edges by their time stamps alone: a pulse begins where the input becomes active and stays so for the debounce time,
 * after it was inactive for as long. So a burst that is told late is counted as exactly as one that is told at once.
 */
export class PulseCount {
  readonly #debounceMs: number;
  readonly #onPulse: (atMs: number, pulses: number) => void;
  /** The last level that stood still. */
  #steady: boolean;
  /** The last level that was told, since when. */
  #told: { isActive: boolean; atMs: number };

  /** `debounceMs` is 0 where the edges are debounced already. */
  constructor(isActive: boolean, debounceMs: number, onPulse: (atMs: number, pulses: number) => void) {
    this.#steady = isActive;
    this.#told = { isActive, atMs: Number.NEGATIVE_INFINITY };
    this.#debounceMs = debounceMs;
    this.#onPulse = onPulse;
  }

  /** The level that was told last. */
  get isActive(): boolean {
    return this.#told.isActive;
  }

  /** Takes an edge; edges come in the order of their time. */
  edge({ isActive, atMs, missed }: CountedEdge): void {
    if (this.#debounceMs === 0) {
      this.#countAll(isActive, atMs, missed);
      return;
    }
    this.settle(atMs);
    this.#told = { isActive, atMs };
  }

  /** Says that the level has stood still until now. */
  settle(nowMs: number): void {
    const { isActive, atMs } = this.#told;
    if (isActive === this.#steady || nowMs - atMs < this.#debounceMs) return;
    this.#steady = isActive;
    if (isActive) this.#onPulse(atMs, 1);
  }

  /** Of n edges in a row every other one begins a pulse: the first if the input was inactive before. */
  #countAll(isActive: boolean, atMs: number, missed: number): void {
    // An edge to the level that was known already: one in between was not told.
    const untold = missed + (isActive === this.#steady && missed % 2 === 0 ? 1 : 0);
    const edges = untold + 1;
    const pulses = this.#steady ? Math.floor(edges / 2) : Math.ceil(edges / 2);
    this.#steady = isActive;
    this.#told = { isActive, atMs };
    if (pulses > 0) this.#onPulse(atMs, pulses);
  }
}
