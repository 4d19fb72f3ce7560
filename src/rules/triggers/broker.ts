import type { Trigger } from "../../core/rules/trigger.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { RulePorts } from "../rule-ports.ts";
import type { Firing } from "./firing.ts";
import { Lasting } from "./lasting.ts";

/**
 * The broker is lost, or there again. The first connection after the start is not "again". With a time, a broker that is not there counts as
 * lost from the start.
 */
export function startBroker(
  { broker, forMs }: Extract<Trigger, { on: "broker" }>,
  { connection, clock }: Pick<RulePorts, "connection" | "clock">,
  fire: (firing: Firing) => void,
): Cancel {
  const lasting = new Lasting(forMs, clock, fire);
  const firing = { by: `broker: ${broker}`, cause: undefined };
  let isFirst = forMs === 0;
  const unlisten = connection.listen((isOnline) => {
    if (isOnline !== (broker === "online")) lasting.end();
    else if (isFirst && isOnline) lasting.wasSo();
    else lasting.begin(firing);
    isFirst &&= !isOnline;
  });
  if (forMs > 0 && !connection.isOnline && broker === "offline") lasting.begin(firing);
  return () => {
    unlisten();
    lasting.end();
  };
}
