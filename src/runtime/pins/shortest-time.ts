import type { GuardPorts } from "./guard-ports.ts";

/** How long an output stays off before it goes on, or on before it goes off, in milliseconds, and by which limit; 0: by none. */
export function shortestTime(
  { limits, deadTimeMs }: Pick<GuardPorts<unknown>, "limits" | "deadTimeMs">,
  wantsOn: boolean,
): { readonly limit: string; readonly ms: number } {
  const all: Readonly<Record<string, number | undefined>> = {
    ...(wantsOn ? { min_off: limits.minOffMs, dead_time: deadTimeMs } : { min_on: limits.minOnMs }),
    min_interval: limits.minIntervalMs,
  };
  return Object.entries(all).reduce((longest, [limit, ms = 0]) => (ms > longest.ms ? { limit, ms } : longest), {
    limit: "",
    ms: 0,
  });
}
