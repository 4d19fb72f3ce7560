import type { Reading } from "../link.ts";
import type { KnownState } from "./known-state.ts";

/** A value is stale this long after its third missed reading, as with Home Assistant's expire_after. */
const graceMs = 5_000;

/** After how long without a reading a value is stale, for a device that says its state this often. Both in milliseconds. */
export function staleAfterMs(everyMs: number): number {
  return 3 * everyMs + graceMs;
}

/**
 * The reading of a measure in what a device has said, with its quality at `nowMs` on the scale of the clock's `monotonicMs`. Without a name
 * it is the first one that the device measures. Undefined if the device is offline or has no number of this name.
 */
export function readingIn(
  said: KnownState | undefined,
  measure: string | undefined,
  nowMs: number,
): Reading | undefined {
  if (said === undefined) return undefined;
  const { atMs, everyMs, measured, suspects = [] } = said;
  const name = measure ?? measured[0] ?? "";
  const value = valueIn(said.state, name);
  if (value === undefined) return undefined;
  const isSuspect = said.isSuspect || suspects.includes(name);
  const isStale = everyMs !== undefined && nowMs - atMs > staleAfterMs(everyMs);
  return { value, atMs, quality: isStale ? "stale" : isSuspect ? "suspect" : "good" };
}

function valueIn(state: unknown, measure: string): number | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const value = (state as Readonly<Record<string, unknown>>)[measure];
  return typeof value === "number" ? value : undefined;
}
