import { wordIn } from "../../core/house/word-in.ts";
import type { Trigger } from "../../core/rules/trigger.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { RulePorts } from "../rule-ports.ts";
import type { Firing } from "./firing.ts";
import { Lasting } from "./lasting.ts";

/**
 * A device gets a state. Without a time, the state that the device has when the agent starts sets nothing off; with a time, the time begins
 * at the start. A device that was offline and comes back with another state has got it.
 */
export function startState(
  { device, state, forMs }: Extract<Trigger, { on: "state" }>,
  { house, clock }: Pick<RulePorts, "house" | "clock">,
  fire: (firing: Firing) => void,
): Cancel {
  const lasting = new Lasting(forMs, clock, fire);
  let isFirst = true;
  const unlisten = house.listen(device, (said) => {
    const word = wordIn(said);
    if (word === undefined) return lasting.doubt();
    if (word !== state) lasting.end();
    else if (isFirst && forMs === 0) lasting.wasSo();
    else lasting.begin({ by: `${device}: ${word}`, cause: said?.cause });
    isFirst = false;
  });
  return () => {
    unlisten();
    lasting.end();
  };
}
