import { Refusal } from "../../core/refusal.ts";
import type { GuardPorts } from "./guard-ports.ts";

/**
 * The cause for which the fail-safe keeps an output off that is wanted on now; undefined: it may go on. Throws a {@link Refusal} for a
 * command away from the fail-safe state where those are refused. What the kind does by itself to switch it off is let through.
 */
export function heldBack(
  { failSafe, isStarting }: Pick<GuardPorts<unknown>, "failSafe" | "isStarting">,
  wantsOn: boolean,
  isCommand: boolean,
): string | undefined {
  const isFirst = isStarting();
  const whyNot = failSafe?.forbids(wantsOn);
  if (whyNot !== undefined && isCommand && !isFirst) throw new Refusal("failsafe", whyNot);
  if (!wantsOn || (whyNot === undefined && !isFirst)) return undefined;
  const cause = failSafe?.startsOff;
  if (cause !== undefined && isFirst) failSafe?.keptOff();
  return cause;
}
