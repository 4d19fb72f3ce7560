import type { KnownState } from "./known-state.ts";

/** The word that a state is, or that it has as its value `state`: `ON`, `closed`. Undefined if the device is offline or says no word. */
export function wordIn(said: KnownState | undefined): string | undefined {
  const state = typeof said?.state === "object" && said.state !== null ? Object(said.state).state : said?.state;
  return typeof state === "string" ? state : undefined;
}
