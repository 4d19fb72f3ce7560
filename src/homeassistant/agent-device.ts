import type { DeviceSettings } from "../core/device-settings.ts";
import type { Entity } from "../core/entity.ts";
import type { AgentTopics } from "../core/messages/topic.ts";
import { agentEntities } from "./agent-entities.ts";
import { type AnnouncedHouse, isVital } from "./announced-house.ts";
import type { Owner } from "./component.ts";

/**
 * The Raspberry Pi in Home Assistant's words. The name of its model ends with the revision of the board. Home Assistant before 2023.11 does
 * not know serial numbers, and refuses messages with unknown values of a device; `legacy` leaves them out.
 */
export function hardwareOf({ agent: { model, serial }, settings }: AnnouncedHouse): Readonly<Record<string, string>> {
  if (model === undefined) return {};
  const [, name = model, revision] = /^(.+?) (Rev [\d.]+)$/.exec(model) ?? [];
  return {
    mf: "Raspberry Pi",
    mdl: name,
    ...(revision !== undefined && { hw: revision }),
    ...(serial !== undefined && settings.discovery !== "legacy" && { sn: serial }),
  };
}

/**
 * The entities of the agent itself, without those that this machine cannot measure. An entity that is also a kind or a measure of a device
 * about the machine, such as the processor's temperature or under-voltage, is disabled by default.
 */
export function ownEntities(agent: AnnouncedHouse["agent"], topics: AgentTopics, shown: readonly DeviceSettings[]) {
  const names = shown.flatMap(({ kind, options }) => [
    kind.kind,
    ...(kind.group === "machine" ? Object.keys(kind.measured?.(options) ?? {}) : []),
  ]);
  const isAside = ({ key }: Entity) => names.includes(key);
  return agentEntities(topics)
    .filter(({ key }) => !isVital(key) || agent.vitals.includes(key))
    .map((entity) =>
      isAside(entity) ? { ...entity, settings: { ...entity.settings, enabled_by_default: false } } : entity,
    );
}

/** The agent as the owner of its entities. */
export function agentOwner(id: string, topics: AgentTopics): Owner {
  return {
    ids: [id],
    name: undefined,
    stateTopic: topics.health,
    commandTopic: undefined,
    baseTopic: "",
    attributesTopic: undefined,
    availability: [topics.status],
    options: {},
  };
}
