import * as z from "zod";

/** Why the agent started: how its run before ended, as its last retained health tells. */
export type RestartReason = "stopped" | "restart asked" | "power-on or reboot" | "crash";

/** What a run leaves in its health for the next one. */
const traces = z.object({ boot_id: z.string().optional(), ended: z.enum(["stopped", "restart asked"]).optional() });

/**
 * Reads the retained health of the run before. A run that ended in order says so there; one that did not was killed, unless the
 * machine has started since (`boot_id`, made anew by the kernel at each start). Undefined where the text tells nothing.
 */
export function restartReason(healthBefore: string, bootId: string | undefined): RestartReason | undefined {
  const before = traces.safeParse(parsed(healthBefore)).data;
  if (before === undefined) return undefined;
  if (before.ended !== undefined) return before.ended;
  if (before.boot_id === undefined || bootId === undefined) return undefined;
  return before.boot_id === bootId ? "crash" : "power-on or reboot";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
