import type { DebouncedLevel } from "./debounced-level.ts";

/**
 * Lets the first edge count at once. After it nothing counts for a time, the window. Then the level that the pin has by then counts, so
 * that the last edge is never lost. It goes by the time stamps of the edges, as {@link import("./steady-level.ts").SteadyLevel} does.
 */
export class LockedLevel implements DebouncedLevel {
  readonly #windowMs: number;
  readonly #onChange: (isActive: boolean, atMs: number) => void;
  /** The last level that counted. */
  #counted: boolean;
  #told: boolean;
  #changedMs = Number.NEGATIVE_INFINITY;

  /** `onChange` gets the time of the edge, or the end of the window in which the level became another one. */
  constructor(isActive: boolean, windowMs: number, onChange: (isActive: boolean, atMs: number) => void) {
    this.#counted = isActive;
    this.#told = isActive;
    this.#windowMs = windowMs;
    this.#onChange = onChange;
  }

  get told(): boolean {
    return this.#told;
  }

  edge(isActive: boolean, atMs: number, nowMs: number): number {
    this.settle(atMs);
    this.#told = isActive;
    if (atMs >= this.#windowEndMs) this.#count(atMs);
    return Math.max(this.#windowEndMs, nowMs);
  }

  seen(isActive: boolean, nowMs: number): number {
    this.#told = isActive;
    if (nowMs >= this.#windowEndMs) this.#count(nowMs);
    return Math.max(this.#windowEndMs, nowMs);
  }

  settle(nowMs: number): number | undefined {
    if (nowMs >= this.#windowEndMs) this.#count(this.#windowEndMs);
    return this.#windowEndMs > nowMs ? this.#windowEndMs : undefined;
  }

  get #windowEndMs(): number {
    return this.#changedMs + this.#windowMs;
  }

  /** Lets the level that was told last count, if it is another one. */
  #count(atMs: number): void {
    if (this.#told === this.#counted) return;
    this.#counted = this.#told;
    this.#changedMs = atMs;
    this.#onChange(this.#counted, atMs);
  }
}
