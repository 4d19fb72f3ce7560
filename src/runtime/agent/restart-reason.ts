import * as z from "zod";

/** Why the agent started. It follows from how the run before ended, which is in its last retained health. */
export type RestartReason = "stopped" | "restart asked" | "power-on or reboot" | "crash";

/** What a run leaves in its health for the next one. */
const traces = z.object({ boot_id: z.string().optional(), ended: z.enum(["stopped", "restart asked"]).optional() });

/**
 * Reads the retained health of the run before. A run that ended in order says so. Any other run was killed; if the machine has booted since
 * (`boot_id` changes at each boot), the reason is a power-on or a reboot. Undefined if the text does not say how the run ended.
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
