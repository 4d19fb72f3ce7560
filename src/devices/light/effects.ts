/** The effects that a light has, and the word for none of them. */
export const effectNames = ["none", "pulse", "candle"] as const;

/** One of {@link effectNames}. */
export type EffectName = (typeof effectNames)[number];

/** How long the brightness takes to fall and rise again, in milliseconds: ESPHome's effect `pulse` takes a second each way. */
const pulseMs = 2_000;
const pulseLowest = 0.1;

/** The flame takes a new level so often, in milliseconds. */
const flickerMs = 120;
const candleLowest = 0.55;

/** For each effect, the share of the brightness that the light has a time after its begin, in milliseconds. It is never 0. */
export const effects: Readonly<Record<Exclude<EffectName, "none">, (ms: number) => number>> = {
  pulse(ms) {
    const wave = (1 + Math.cos((2 * Math.PI * ms) / pulseMs)) / 2;
    return pulseLowest + (1 - pulseLowest) * wave;
  },
  candle(ms) {
    const step = Math.floor(ms / flickerMs);
    const share = ms / flickerMs - step;
    return candleLowest + (1 - candleLowest) * (flame(step) * (1 - share) + flame(step + 1) * share);
  },
};

/** A number from 0 to 1 for each step, always the same one. The constants are those of the hash `mulberry32`. */
function flame(step: number): number {
  let hash = Math.imul(step + 1, 0x6d2b79f5);
  hash = Math.imul(hash ^ (hash >>> 15), hash | 1);
  hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
  return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
}
