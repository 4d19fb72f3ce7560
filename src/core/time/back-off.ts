/** Pauses between tries. Each is longer than the one before. */
export interface BackOff {
  /** The next pause in milliseconds, about twice as long as the one before. */
  next(): number;
  /** Starts again with the first pause. */
  reset(): void;
}

/**
 * A pause of about `ms` milliseconds: from half to one and a half times as long, by chance. So many agents that start together do not
 * connect in the same instant.
 */
export function about(ms: number, random: () => number): number {
  return ms * (0.5 + random());
}

/** Makes pauses that grow up to about `longestMs`. `random` gives a number from 0 to 1. */
export function backOff(limits: { firstMs: number; longestMs: number }, random: () => number): BackOff {
  return new GrowingPauses(limits, random);
}

class GrowingPauses implements BackOff {
  readonly #limits: { readonly firstMs: number; readonly longestMs: number };
  readonly #random: () => number;
  #plainMs: number;

  constructor(limits: { readonly firstMs: number; readonly longestMs: number }, random: () => number) {
    this.#limits = limits;
    this.#random = random;
    this.#plainMs = limits.firstMs;
  }

  next(): number {
    const pause = about(this.#plainMs, this.#random);
    this.#plainMs = Math.min(this.#plainMs * 2, this.#limits.longestMs);
    return pause;
  }

  reset(): void {
    this.#plainMs = this.#limits.firstMs;
  }
}
