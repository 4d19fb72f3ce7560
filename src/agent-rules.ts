import type { Config } from "./config/check.ts";
import { agentTopics } from "./core/messages/topic.ts";
import type { RuleBook } from "./rules/rule-book.ts";
import type { HostPorts } from "./runtime/device/device-context.ts";
import { shown } from "./runtime/orders/payload.ts";

/** Loads what rules need; nothing where there are none. */
export async function loadRules({ rules }: Pick<Config, "rules">) {
  return rules.length === 0 ? undefined : import("./rules/rule-book.ts");
}

/** Makes the rules of a configuration. Undefined if there are none. */
export async function agentRules({ agent, rules }: Config, shared: HostPorts): Promise<RuleBook | undefined> {
  const loaded = await loadRules({ rules });
  if (loaded === undefined) return undefined;
  const { RuleBook } = loaded;
  const { wallClock, clock, log, refusals, neighbours } = shared;
  return new RuleBook(rules, {
    ...shared,
    house: neighbours,
    warnings: refusals.warnings,
    topic: agentTopics(agent.topic).rules,
    time: {
      now: () => (wallClock.isKnown ? clock.now() : undefined),
      onSet: (listener) => wallClock.onSet(listener),
      timeZone: agent.time_zone,
      place: agent.location,
    },
    refuse: ({ topic, payload }, reason, sentence) =>
      refusals.command(log, topic, reason, () => ({ topic, payload: shown(payload).trim(), reason: sentence })),
  });
}
