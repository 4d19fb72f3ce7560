import { readingIn } from "../../core/house/reading-in.ts";
import { isWithin } from "../../core/rules/bounds.ts";
import type { Trigger } from "../../core/rules/trigger.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { RulePorts } from "../rule-ports.ts";
import type { Firing } from "./firing.ts";
import { Lasting } from "./lasting.ts";

/**
 * A number comes to where it must be. If the first reading after the start is there already, that sets the rule off too: frost does not wait for
 * a warmer day. Only good readings count.
 */
export function startMeasure(
  { device, measure, bounds, hysteresis, forMs }: Extract<Trigger, { on: "measure" }>,
  { house, clock }: Pick<RulePorts, "house" | "clock">,
  fire: (firing: Firing) => void,
): Cancel {
  const lasting = new Lasting(forMs, clock, fire);
  let wasWithin = false;
  const reading = () => readingIn(house.said(device), measure, clock.monotonicMs());
  const unlisten = house.listen(device, (said) => {
    const { value, quality } = readingIn(said, measure, clock.monotonicMs()) ?? {};
    if (value === undefined || quality !== "good") return lasting.doubt();
    wasWithin = isWithin(bounds, value, hysteresis, wasWithin);
    if (wasWithin)
      lasting.begin({ by: `${device}.${measure}: ${value}`, cause: said?.cause }, () => reading()?.quality === "good");
    else lasting.end();
  });
  return () => {
    unlisten();
    lasting.end();
  };
}
