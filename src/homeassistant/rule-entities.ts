import type { Entity } from "../core/entity.ts";
import type { AgentTopics } from "../core/messages/topic.ts";
import { asWords } from "../core/text/as-words.ts";
import type { AnnouncedHouse } from "./announced-house.ts";

/** A switch for each rule that asks for one. It switches the rule, not what the rule switches. */
export function ruleEntities(rules: AnnouncedHouse["rules"], topics: AgentTopics): readonly Entity[] {
  return rules
    .filter(({ homeAssistant }) => homeAssistant)
    .map(({ id, name }) => {
      const topic = `${topics.rules}/${id}`;
      return {
        key: `rule_${id}`,
        platform: "switch",
        name: name ?? `Rule ${asWords(id)}`,
        value: "state",
        settings: {
          entity_category: "config",
          state_topic: topic,
          command_topic: `${topic}/set`,
          json_attributes_topic: topic,
          icon: "mdi:robot",
        },
      };
    });
}
