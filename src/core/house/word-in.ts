import type { KnownState } from "./known-state.ts";

/** The values of a state in which its word may be: what a lamp is, or what was chosen. */
export const wordValues = ["state", "value"] as const;

/**
 * The word that a state is, or that it has as its value `state` or `value`: `ON`, `closed`, `away`. Undefined if the device is offline or
 * says no word.
 */
export function wordIn(said: KnownState | undefined): string | undefined {
  const state = said?.state;
  if (typeof state !== "object" || state === null) return typeof state === "string" ? state : undefined;
  const values = state as Readonly<Record<string, unknown>>;
  return wordValues.map((name) => values[name]).find((value) => typeof value === "string");
}
