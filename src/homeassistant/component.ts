import { type Entity, type EntityPlatform, entityPlatforms } from "../core/entity.ts";
import { asObjectId, joined } from "./names.ts";

/** What a component can be: an entity, or a trigger that Home Assistant offers for automations of the device. */
export type ComponentPlatform = EntityPlatform | "device_automation";

/** An entity or a trigger as it is announced to Home Assistant. `p` is the platform; the other keys are those of the platform's page. */
export type Component = Readonly<Record<string, unknown>> & { readonly p: ComponentPlatform };

/** All platforms that a component can have. */
export const componentPlatforms: readonly ComponentPlatform[] = [...entityPlatforms, "device_automation"];

/** The device or the agent to which an entity belongs. */
export interface Owner {
  /** The agent's id, then the device's. For an entity of the agent, the agent's id alone. */
  readonly ids: readonly string[];
  /** The name that the names of its entities begin with. Undefined if Home Assistant adds the owner's name by itself. */
  readonly name: string | undefined;
  readonly stateTopic: string;
  readonly commandTopic: string | undefined;
  /** The topic below which other topics of an entity are. */
  readonly baseTopic: string;
  /** Where the attributes of the entity without a name are; undefined if there are none. */
  readonly attributesTopic: string | undefined;
  /** An entity is available if `online` is on all of these topics. */
  readonly availability: readonly string[];
  /** Options for all entities, and below an entity's key for that one. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Platforms without a command topic. Some only show values; `climate` has a topic for each of its commands. */
const withoutCommand: readonly EntityPlatform[] = ["binary_sensor", "sensor", "event", "climate"];
const withoutState: readonly EntityPlatform[] = ["button", "climate"];
/** On these platforms the option `value_template` has another name. */
const stateValueTemplate: readonly EntityPlatform[] = ["light", "fan", "humidifier", "siren"];

/** How many seconds after its third missed reading a sensor is shown as unavailable. */
const graceSeconds = 5;

/** The id of an entity's component. It contains the platform, because Home Assistant identifies components by both. */
export function componentId(entity: Entity, owner: Owner): string {
  return joined(...owner.ids.slice(1), entity.key, platformOf(entity, owner));
}

/** The unique id of a component, made of its id and its platform. */
export function uniqueIdOf(id: string, platform: EntityPlatform, agentId: string): string {
  const withoutPlatform = id.endsWith(joined("", platform)) ? id.slice(0, -joined("", platform).length) : id;
  return joined(agentId, withoutPlatform);
}

/** Whether the owner of the device lets Home Assistant show the entity. */
export function isShown({ key }: Pick<Entity, "key">, { options }: Pick<Owner, "options">): boolean {
  const own = options[key];
  return !isGroup(own) || own["discovery"] !== false;
}

/** The owner without the options for all its entities, such as an icon or a platform, for entities that are not what the device is. */
export function withoutCommonOptions(owner: Owner): Owner {
  const groups = Object.entries(owner.options).filter(([, value]) => isGroup(value));
  return { ...owner, options: Object.fromEntries(groups) };
}

/** The components of those entities that the owner lets Home Assistant show, with their ids. */
export function shownComponents(entities: readonly Entity[], owner: Owner): [string, Component][] {
  return entities
    .filter((entity) => isShown(entity, owner))
    .map((entity) => [componentId(entity, owner), component(entity, owner)]);
}

/** Makes the announcement of an entity. */
export function component(entity: Entity, owner: Owner): Component {
  const platform = platformOf(entity, owner);
  const {
    platform: _platform,
    default_entity_id: entityId = entityIdOf(entity, owner),
    ...options
  } = optionsFor(entity, owner);
  return {
    p: platform,
    unique_id: joined(...owner.ids, entity.key),
    name: nameOf(entity, owner),
    ...(entityId !== false && { default_entity_id: entityId }),
    ...(owner.availability.length > 0 && {
      availability: owner.availability.map((topic) => ({ topic })),
      availability_mode: "all",
    }),
    ...topicsOf(entity, platform, owner),
    qos: 1,
    ...(entity.everyMs !== undefined && { expire_after: Math.ceil((3 * entity.everyMs) / 1000) + graceSeconds }),
    ...entity.settings,
    ...options,
  };
}

function topicsOf({ name, value, topics = {} }: Entity, platform: EntityPlatform, owner: Owner) {
  const template = stateValueTemplate.includes(platform) ? "state_value_template" : "value_template";
  return {
    ...(!withoutState.includes(platform) && { state_topic: owner.stateTopic }),
    ...(value !== undefined && { [template]: `{{ value_json.${value} }}` }),
    ...(!withoutCommand.includes(platform) &&
      owner.commandTopic !== undefined && { command_topic: owner.commandTopic }),
    ...(name === undefined && owner.attributesTopic !== undefined && { json_attributes_topic: owner.attributesTopic }),
    ...Object.fromEntries(Object.entries(topics).map(([option, below]) => [option, `${owner.baseTopic}/${below}`])),
  };
}

function nameOf({ name }: Entity, owner: Owner): string | null {
  if (owner.name === undefined) return name ?? null;
  return name === undefined ? owner.name : `${owner.name} ${name}`;
}

function entityIdOf(entity: Entity, owner: Owner): string {
  const key = entity.name === undefined ? [] : [entity.key];
  return `${platformOf(entity, owner)}.${asObjectId(...namingIds(owner), ...key)}`;
}

/**
 * The ids that an entity id is made of. A device's id is enough for its entities, since its owner chose it. The agent's entities have the
 * agent's id.
 */
function namingIds({ ids }: Owner): readonly string[] {
  return ids.length > 1 ? ids.slice(1) : ids;
}

function platformOf(entity: Entity, owner: Owner): EntityPlatform {
  return (optionsFor(entity, owner)["platform"] as EntityPlatform | undefined) ?? entity.platform;
}

/** The options for an entity. Home Assistant's own options are never groups, so a group has the options for one entity. */
function optionsFor({ key }: Entity, { options }: Owner): Readonly<Record<string, unknown>> {
  if (Object.keys(options).length === 0) return options;
  const forAll = Object.entries(options).filter(([, value]) => !isGroup(value));
  const own = options[key];
  const { discovery: _discovery, ...given } = { ...Object.fromEntries(forAll), ...(isGroup(own) ? own : {}) };
  return given;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
