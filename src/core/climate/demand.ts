import type { ClimateMode } from "./climate-command.ts";

/** What a thermostat does about the temperature. */
export type Demand = "heating" | "cooling" | "idle";

/** What decides about {@link demandAt}. */
export interface ClimateWish {
  readonly mode: ClimateMode;
  readonly target: number;
  /** How far the temperature goes away from the target before something begins; all in °C. */
  readonly hysteresis: number;
}

/** Whether a mode allows to heat or to cool. */
export function isAllowed(demand: Demand, mode: ClimateMode): boolean {
  if (demand === "heating") return mode === "heat" || mode === "heat_cool";
  return demand === "idle" || mode === "cool" || mode === "heat_cool";
}

/** What a thermostat does at a temperature, after what it has done so far: begins outside of the band, and ends at the target. */
export function demandAt(temperature: number, before: Demand, { mode, target, hysteresis }: ClimateWish): Demand {
  // To a thousandth of a degree: 20.3 less 0.1 is not 20.2 for a computer.
  const missing = Number((target - temperature).toFixed(3));
  const isWanted = (demand: Demand, degrees: number) =>
    isAllowed(demand, mode) && (degrees >= hysteresis || (before === demand && degrees > 0));
  if (isWanted("heating", missing)) return "heating";
  return isWanted("cooling", -missing) ? "cooling" : "idle";
}
