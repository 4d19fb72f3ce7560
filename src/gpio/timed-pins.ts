import type { TimedPins } from "../core/hardware/timed-pins.ts";
import type { TimedPorts } from "./timed/claim.ts";
import { claimEcho } from "./timed/echo.ts";
import { claimShifted } from "./timed/shifted.ts";

/** Timed pins over those of a backend that can time them. */
export function timedPins(ports: TimedPorts): TimedPins {
  return {
    echo: (trigger, echo) => claimEcho(ports, trigger, echo),
    shifted: (clock, data) => claimShifted(ports, clock, data),
  };
}
