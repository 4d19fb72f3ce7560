/**
 * How fast pulses come, by their time stamps. Each time it is told, it is the average from the last pulse before the telling before to the
 * last pulse of all. While no pulse comes, it falls to what it could be at most. After the time-out it is 0, and the next pulse begins anew.
 */
export class PulseRate {
  readonly #timeoutMs: number;
  readonly #startedMs: number;
  /** The pulse with which the average begins, and the last one. */
  #firstMs = 0;
  #lastMs: number | undefined;
  /** How many pulses came after the first. */
  #pulses = 0;
  /** Pulses per second by the last average; null while nobody can know. */
  #rate: number | null = null;

  constructor(timeoutMs: number, startedMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#startedMs = startedMs;
  }

  /** Takes pulses, of which the last began at this time. */
  pulse(atMs: number, pulses: number): void {
    if (this.#lastMs === undefined) this.#begin(atMs);
    else if (atMs >= this.#timeoutAtMs) {
      this.#rate = 0;
      this.#begin(atMs);
    } else this.#pulses += pulses;
    this.#lastMs = atMs;
  }

  /** The pulses per second as of now; null while nobody can know. */
  tell(nowMs: number): number | null {
    const last = this.#lastMs;
    if (nowMs >= this.#timeoutAtMs) {
      this.#rate = 0;
      this.#pulses = 0;
    } else if (last !== undefined && last > this.#firstMs) {
      this.#rate = (this.#pulses * 1_000) / (last - this.#firstMs);
      this.#begin(last);
    }
    return this.#rate === null || last === undefined ? this.#rate : Math.min(this.#rate, 1_000 / (nowMs - last));
  }

  /**
   * When it will be another one although no pulse comes, and at least so long after now, in milliseconds; undefined: never. Ask after
   * {@link tell}.
   */
  nextChangeMs(nowMs: number, atLeastMs: number): number | undefined {
    if (this.#rate === 0) return undefined;
    const fallsMs = this.#rate === null ? this.#timeoutAtMs : (this.#lastMs ?? 0) + 1_000 / this.#rate;
    return Math.min(Math.max(fallsMs, nowMs + atLeastMs), this.#timeoutAtMs);
  }

  get #timeoutAtMs(): number {
    return (this.#lastMs ?? this.#startedMs) + this.#timeoutMs;
  }

  #begin(atMs: number): void {
    this.#firstMs = atMs;
    this.#pulses = 0;
  }
}
