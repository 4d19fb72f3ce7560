import type { DebouncedLevel } from "./debounced-level.ts";

/**
 * Finds the levels that stood still by the time stamps of the edges alone, so that edges that are told late and together give the same
 * as edges that are told at once.
 */
export class SteadyLevel implements DebouncedLevel {
  readonly #debounceMs: number;
  readonly #onChange: (isActive: boolean, atMs: number) => void;
  /** The last level that stood still. */
  #steady: boolean;
  /** The last level that was told, since when. */
  #told: { isActive: boolean; atMs: number };
  #changedMs = Number.NEGATIVE_INFINITY;

  /** `debounceMs` is 0 where the edges are debounced already. `onChange` gets the time at which a level had stood still for so long. */
  constructor(isActive: boolean, debounceMs: number, onChange: (isActive: boolean, atMs: number) => void) {
    this.#steady = isActive;
    this.#told = { isActive, atMs: Number.NEGATIVE_INFINITY };
    this.#debounceMs = debounceMs;
    this.#onChange = onChange;
  }

  get told(): boolean {
    return this.#told.isActive;
  }

  edge(isActive: boolean, atMs: number, nowMs: number): number | undefined {
    this.settle(atMs);
    this.#told = { isActive, atMs };
    if (this.#debounceMs === 0) this.settle(atMs);
    return this.#lookMs(nowMs);
  }

  /** What was told and has not stood still yet is forgotten. */
  seen(isActive: boolean, nowMs: number): number | undefined {
    this.#told = { isActive, atMs: nowMs };
    this.settle(nowMs);
    return this.#lookMs(nowMs);
  }

  settle(nowMs: number): number | undefined {
    const { isActive, atMs } = this.#told;
    if (isActive === this.#steady) return undefined;
    // The timer was set for this sum. A difference may be rounded to a little less than the debounce time, and nobody would look again.
    const dueMs = atMs + this.#debounceMs;
    if (nowMs < dueMs) return dueMs;
    this.#steady = isActive;
    // The edge of a level that was seen before its edge was told may be older.
    this.#changedMs = Math.max(this.#changedMs, atMs + this.#debounceMs);
    this.#onChange(isActive, this.#changedMs);
    return undefined;
  }

  #lookMs(nowMs: number): number | undefined {
    return this.#debounceMs > 0 ? nowMs + this.#debounceMs : undefined;
  }
}
