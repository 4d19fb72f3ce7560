import { getPosition, getTimes } from "suncalc";
import type { SunMoment } from "../../core/rules/trigger.ts";
import type { GeoPlace } from "../rule-ports.ts";

const dayMs = 86_400_000;
/** Near a pole the sun may not rise or set for half a year. */
const mostDays = 200;

/**
 * When the sun does this next, `offsetMs` later or, if that is negative, earlier; after `after`. A day on which the sun does not do it has no
 * such moment. Undefined if there is none for more than half a year, as at a pole.
 */
export function nextSun(moment: SunMoment, offsetMs: number, after: Date, place: GeoPlace): Date | undefined {
  const { latitude, longitude } = place;
  // The moments of one day of the sun may belong to the day before or after it in UTC.
  const firstMs = after.getTime() - offsetMs - dayMs;
  for (let day = 0; day < mostDays; day += 1) {
    const found = getTimes(new Date(firstMs + day * dayMs), latitude, longitude)[moment];
    if (found === null || found === undefined) continue;
    // Whole seconds, so that two calculations give the same moment.
    const dueMs = Math.round(found.getTime() / 1_000) * 1_000 + offsetMs;
    if (dueMs > after.getTime()) return new Date(dueMs);
  }
  return undefined;
}

/** Whether the sun is above the horizon, as Home Assistant's integration `sun` has it: its upper edge is, seen through the air. */
export function isSunUp(now: Date, { latitude, longitude }: GeoPlace): boolean {
  return getPosition(now, latitude, longitude).altitude > upperEdge;
}

/**
 * The sun rises when its centre is 0.833° below the horizon: half its width, and what the air bends its light by (gml.noaa.gov/grad/solcalc).
 * The package's altitude has the air counted in, by Saemundsson's formula: 0.484° there.
 */
const upperEdge = -0.349;
