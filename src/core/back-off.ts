/** Pauses that grow from try to try. */
export interface BackOff {
  /** The next pause in milliseconds: twice the one before, give or take a quarter by chance. */
  next(): number;
  /** Begins with the first pause again. */
  reset(): void;
}

/** Makes growing pauses. The chance in them keeps forty agents from knocking at the same instant. */
export function backOff(limits: { firstMs: number; longestMs: number }, random: () => number): BackOff {
  let plain = limits.firstMs;
  return {
    next() {
      const pause = plain * (0.75 + random() / 2);
      plain = Math.min(plain * 2, limits.longestMs);
      return Math.min(Math.max(pause, limits.firstMs), limits.longestMs);
    },
    reset: () => {
      plain = limits.firstMs;
    },
  };
}
