/**
 * Finds the levels of an input that count, by the time stamps of the edges. Each method returns when the pin must be looked at again, on
 * the scale of the clock; undefined: not before the next edge.
 */
export interface DebouncedLevel {
  /** The level that was told or seen last, whether it counts or not. */
  readonly told: boolean;
  /** Takes an edge that is told now. Edges come in the order of their time. */
  edge(isActive: boolean, atMs: number, nowMs: number): number | undefined;
  /** Takes a level that the pin has, and that no edge has told. */
  seen(isActive: boolean, nowMs: number): number | undefined;
  /** Says that the level has not changed until now. */
  settle(nowMs: number): number | undefined;
}
