import { byMeasure } from "./per-measure.ts";
import { type SharedOptions, usualHeartbeatMs } from "./shared-options.ts";

/** A sensor's state: its values by name. */
export type SensorState = Readonly<Record<string, unknown>>;

/** Decides which states are published. */
export interface Changes {
  /** Whether this state is to be published now; it counts as published then. */
  isDue(state: SensorState, atMs: number): boolean;
  /** Lets the next state be published in any case. */
  forget(): void;
}

/** Computing with numbers such as 0.1 leaves such a rest. */
const rest = 1e-9;

/** What is published with `publish: on_change`; undefined: each state. */
export function changesOf(options: SharedOptions, own: readonly string[]): Changes | undefined {
  if (options.publish !== "on_change") return undefined;
  const deltas = byMeasure(options.delta, own);
  const heartbeatMs = options.heartbeat ?? usualHeartbeatMs;
  let told: { readonly state: SensorState; readonly atMs: number } | undefined;
  const differs = ([name, value]: [string, unknown]) => {
    const before = told?.state[name];
    // The reason names numbers that change each time.
    if (value === before || name === "reason") return false;
    if (typeof value !== "number" || typeof before !== "number") return true;
    return Math.abs(value - before) >= (deltas[name] ?? 0) - rest;
  };
  return {
    isDue(state, atMs) {
      const isDue = told === undefined || atMs - told.atMs >= heartbeatMs || Object.entries(state).some(differs);
      if (isDue) told = { state, atMs };
      return isDue;
    },
    forget() {
      told = undefined;
    },
  };
}
