import { agent } from "./agent.ts";
import { cEcho } from "./c-echo.ts";
import type { Contestant, Name } from "./contestant.ts";
import { echoQ0, echoQ1 } from "./echoes.ts";
import { peer } from "./peer.ts";

/** All that can be started on this machine, and a sentence for each that cannot. */
export function contestantsHere(): { contestants: readonly Contestant[]; missing: readonly string[] } {
  const [c, other] = [cEcho(), peer()];
  const missing = [
    ...(c === undefined ? ["There is no C compiler (cc), so the C echo is left out."] : []),
    ...(other === undefined ? ["mqtt-io is not installed (python3 or PEER_PYTHON), so the peer is left out."] : []),
  ];
  const contestants = [agent, echoQ1, echoQ0, c, other].filter((one) => one !== undefined);
  return { contestants, missing };
}

/** Those of these names, in this order, that can be started here. */
export function chosen(contestants: readonly Contestant[], names: readonly Name[]): readonly Contestant[] {
  return names.flatMap((name) => contestants.find((one) => one.name === name) ?? []);
}
