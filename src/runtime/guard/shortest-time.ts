import type { GuardPorts } from "./guard-ports.ts";

/** A time that a limit sets, in milliseconds. */
interface ShortestTime {
  readonly limit: string;
  readonly ms: number;
}

const none: ShortestTime = { limit: "", ms: 0 };

/** How long an output stays off before it goes on, or on before it goes off, and by which limit. Each command asks, so most cost nothing. */
export function shortestTime(
  { limits, deadTimeMs }: Pick<GuardPorts<unknown>, "limits" | "deadTimeMs">,
  wantsOn: boolean,
): ShortestTime {
  const own = wantsOn
    ? longer(longer(none, "min_off", limits.minOffMs), "dead_time", deadTimeMs)
    : longer(none, "min_on", limits.minOnMs);
  return longer(own, "min_interval", limits.minIntervalMs);
}

function longer(longest: ShortestTime, limit: string, ms: number | undefined): ShortestTime {
  return ms !== undefined && ms > longest.ms ? { limit, ms } : longest;
}
