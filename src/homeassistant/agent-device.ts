import type { DeviceSettings } from "../core/device.ts";
import type { Entity } from "../core/entity.ts";
import type { AgentTopics } from "../core/messages/topic.ts";
import { agentEntities } from "./agent-entities.ts";
import type { Owner } from "./component.ts";
import { type House, isVital } from "./house.ts";

/**
 * What a Raspberry Pi is, in Home Assistant's words; the name of its model ends with the revision of the board. Before 2023.11 Home
 * Assistant does not know serial numbers, and refuses messages with what it does not know of a device.
 */
export function hardwareOf({ agent: { model, serial }, settings }: House): Readonly<Record<string, string>> {
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
 * What the agent shows of itself, less what this machine cannot tell. What a device that is shown is for, such as the temperature
 * of the processor, is there for whoever enables it.
 */
export function ownEntities(agent: House["agent"], topics: AgentTopics, shown: readonly DeviceSettings[]) {
  const kinds = shown.map(({ kind }) => kind.kind);
  const isAside = ({ key }: Entity) => kinds.includes(key);
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
    availability: [topics.status],
    options: {},
  };
}
