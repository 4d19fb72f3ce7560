import { attributesTopic, type DeviceSettings } from "../core/device-settings.ts";
import { deviceTopics } from "../core/messages/device-topics.ts";
import { agentTopics } from "../core/messages/topic.ts";
import { useEntities } from "../core/outputs/output-use.ts";
import { asWords } from "../core/text/as-words.ts";
import { agentOwner, hardwareOf, ownEntities } from "./agent-device.ts";
import { presenceEntity } from "./agent-entities.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import {
  type Component,
  component,
  componentId,
  isShown,
  type Owner,
  shownComponents,
  withoutCommonOptions,
} from "./component.ts";
import { joined } from "./names.ts";
import { ruleEntities } from "./rule-entities.ts";
import { triggers } from "./triggers.ts";

const software = "pi2mqtt";

/** One discovery message, before it becomes JSON. */
export interface Announcement {
  readonly topic: string;
  /** What all its components share: the device, and the origin of the message. */
  readonly shared: Readonly<Record<string, unknown>>;
  /** The components by their ids. A message for a single entity has exactly one. */
  readonly components: Readonly<Record<string, Component>>;
  readonly isSingle: boolean;
}

/**
 * Everything that is announced. The agent and its devices are one device in Home Assistant, in one message. A device with an area of its
 * own is a device of its own, because Home Assistant suggests areas only for whole devices. With `legacy` each entity has a message.
 */
export function announcements(house: AnnouncedHouse): readonly Announcement[] {
  const { discovery } = house.settings;
  if (discovery === false) return [];
  const groups = [
    agentGroup(house),
    ...shownDevices(house)
      .filter(hasOwnArea)
      .map((device) => ownGroup(device, house))
      // Home Assistant refuses a device without entities.
      .filter(({ components }) => Object.keys(components).length > 0),
  ];
  return discovery === "legacy" ? groups.flatMap(singles) : groups;
}

function agentGroup(house: AnnouncedHouse): Announcement {
  const { agent, settings } = house;
  const topics = agentTopics(agent.topic);
  const owner = agentOwner(agent.id, topics);
  const always = { ...owner, availability: [] };
  return {
    topic: `${settings.prefix}/device/${agent.id}/config`,
    shared: shared(house, {
      ids: [identifier(agent.id)],
      name: settings.name ?? agent.id,
      ...hardwareOf(house),
      sw: agent.version,
      ...(settings.area !== undefined && { sa: settings.area }),
    }),
    components: Object.fromEntries([
      ...shownDevices(house)
        .filter((device) => !hasOwnArea(device))
        .flatMap((device) => deviceComponents(device, house, true)),
      ...[...ownEntities(agent, topics, shownDevices(house)), ...ruleEntities(house.rules, topics)].map((entity) => [
        componentId(entity, owner),
        component(entity, owner),
      ]),
      [componentId(presenceEntity(topics), always), component(presenceEntity(topics), always)],
    ]),
    isSingle: false,
  };
}

function ownGroup(device: DeviceSettings, house: AnnouncedHouse): Announcement {
  const { agent, settings } = house;
  const id = joined(agent.id, device.id);
  return {
    topic: `${settings.prefix}/device/${id}/config`,
    shared: shared(house, {
      ids: [identifier(id)],
      name: device.name ?? asWords(device.id),
      mf: software,
      mdl: device.kind.kind,
      sw: agent.version,
      sa: device.area,
      via_device: identifier(agent.id),
    }),
    components: Object.fromEntries(deviceComponents(device, house, false)),
    isSingle: false,
  };
}

/**
 * The messages for each entity of an announcement. The ids are the same as in the message for all, because Home Assistant moves an entity
 * by them.
 */
export function singles({ topic, shared: common, components }: Announcement): readonly Announcement[] {
  return Object.entries(components).map(([id, only]) => ({
    topic: singleTopic(topic, id, only.p),
    shared: common,
    components: { [id]: only },
    isSingle: true,
  }));
}

/** The topic of a single component, derived from the topic of the message for all. */
export function singleTopic(topic: string, id: string, platform: string): string {
  return topic.replace(/device\/([^/]+)\/config$/, `${platform}/$1/${id}/config`);
}

function deviceComponents(
  device: DeviceSettings,
  { agent }: AnnouncedHouse,
  isInAgent: boolean,
): [string, Component][] {
  const { id, kind, topic, options, homeAssistant = {} } = device;
  const { commands, state, availability } = deviceTopics(topic, kind);
  const owner: Owner = {
    ids: [agent.id, id],
    name: isInAgent ? (device.name ?? asWords(id)) : undefined,
    stateTopic: state,
    commandTopic: commands.at(-1),
    baseTopic: topic,
    attributesTopic: attributesTopic(device),
    availability: [agentTopics(agent.topic).status, availability],
    options: homeAssistant,
  };
  return [
    ...shownComponents(kind.entities(options), owner),
    ...shownComponents(useEntities(device), withoutCommonOptions(owner)),
    ...triggers(device, (event) => isShown({ key: event }, owner)),
  ];
}

function shared({ agent }: AnnouncedHouse, device: Readonly<Record<string, unknown>>) {
  return { dev: device, o: origin(agent.version) };
}

/** The origin of a message: this program and its version. */
export function origin(version: string) {
  return { name: software, sw: version };
}

function shownDevices({ devices }: AnnouncedHouse): readonly DeviceSettings[] {
  return devices.filter(({ homeAssistant }) => homeAssistant?.discovery !== false);
}

function hasOwnArea({ area }: DeviceSettings): boolean {
  return area !== undefined;
}

/** The identifier of a device in Home Assistant: made of the agent's id, or of that and the device's id. */
export function identifier(id: string): string {
  return `pi2mqtt_${id}`;
}
