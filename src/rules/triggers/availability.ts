import type { Trigger } from "../../core/rules/trigger.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { RulePorts } from "../rule-ports.ts";
import type { Firing } from "./firing.ts";
import { Lasting } from "./lasting.ts";

/**
 * A device goes online or offline. That it comes online for the first time sets nothing off without a time; with a time, a device that is
 * offline counts as so from the start.
 */
export function startAvailability(
  { device, availability, forMs }: Extract<Trigger, { on: "availability" }>,
  { house, clock }: Pick<RulePorts, "house" | "clock">,
  fire: (firing: Firing) => void,
): Cancel {
  const lasting = new Lasting(forMs, clock, fire);
  const firing = { by: `${device}: ${availability}`, cause: undefined };
  let isFirst = forMs === 0;
  const unlisten = house.listen(device, (said) => {
    const isOnline = said !== undefined;
    if (isOnline !== (availability === "online")) lasting.end();
    else if (isFirst && isOnline) lasting.wasSo();
    else lasting.begin(firing);
    isFirst &&= !isOnline;
  });
  if (forMs > 0 && house.said(device) === undefined && availability === "offline") lasting.begin(firing);
  return () => {
    unlisten();
    lasting.end();
  };
}
