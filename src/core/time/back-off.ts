/** Pauses that grow from try to try. */
export interface BackOff {
  /** The next pause in milliseconds: about twice the one before. */
  next(): number;
  /** Begins with the first pause again. */
  reset(): void;
}

/** A pause of about so long, give or take half of it by chance: forty agents do not knock at the same instant. */
export function about(ms: number, random: () => number): number {
  return ms * (0.5 + random());
}

/** Makes growing pauses, up to about `longestMs`. */
export function backOff(limits: { firstMs: number; longestMs: number }, random: () => number): BackOff {
  let plain = limits.firstMs;
  return {
    next() {
      const pause = about(plain, random);
      plain = Math.min(plain * 2, limits.longestMs);
      return pause;
    },
    reset: () => {
      plain = limits.firstMs;
    },
  };
}
