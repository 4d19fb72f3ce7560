import { type Entity, type EntityPlatform, entityPlatforms } from "../core/entity.ts";
import { asObjectId, joined } from "./names.ts";

/** What a component can be: an entity, or a trigger that Home Assistant offers for a device's automations. */
export type ComponentPlatform = EntityPlatform | "device_automation";

/** An entity or a trigger as Home Assistant is told of it: `p` for the platform, all else in the words of the platform's page. */
export type Component = Readonly<Record<string, unknown>> & { readonly p: ComponentPlatform };

/** All that a component can be. */
export const componentPlatforms: readonly ComponentPlatform[] = [...entityPlatforms, "device_automation"];

/** What an entity belongs to. */
export interface Owner {
  /** The agent's id, then the device's; the agent's alone for what tells of the agent. */
  readonly ids: readonly string[];
  /** What its entities are called after; undefined where Home Assistant puts the owner's name before them by itself. */
  readonly name: string | undefined;
  readonly stateTopic: string;
  readonly commandTopic: string | undefined;
  /** The topics below which further topics of an entity are. */
  readonly baseTopic: string;
  /** All of these must say `online`. */
  readonly availability: readonly string[];
  /** Options for all entities, and by an entity's key for that one. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Platforms that only show, and platforms that only act; `climate` has topics of its own for everything. */
const withoutCommand: readonly EntityPlatform[] = ["binary_sensor", "sensor", "event", "climate"];
const withoutState: readonly EntityPlatform[] = ["button", "climate"];
/** Here `value_template` is called otherwise. */
const stateValueTemplate: readonly EntityPlatform[] = ["light", "fan", "siren"];

/** How much later than its third reading, in seconds, a sensor may be before it is shown as unavailable. */
const graceSeconds = 5;

/** The id of an entity's component: it has the platform in it, because Home Assistant knows components by both. */
export function componentId(entity: Entity, owner: Owner): string {
  return joined(...owner.ids.slice(1), entity.key, platformOf(entity, owner));
}

/** The unique id of a component, which its id and its platform tell too. */
export function uniqueIdOf(id: string, platform: EntityPlatform, agentId: string): string {
  const withoutPlatform = id.endsWith(joined("", platform)) ? id.slice(0, -joined("", platform).length) : id;
  return joined(agentId, withoutPlatform);
}

/** Whether its owner lets Home Assistant see it. */
export function isShown({ key }: Pick<Entity, "key">, { options }: Pick<Owner, "options">): boolean {
  const own = options[key];
  return !isGroup(own) || own["discovery"] !== false;
}

/** Derives what Home Assistant is told of an entity. */
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

function topicsOf({ value, topics = {} }: Entity, platform: EntityPlatform, owner: Owner) {
  const template = stateValueTemplate.includes(platform) ? "state_value_template" : "value_template";
  return {
    ...(!withoutState.includes(platform) && { state_topic: owner.stateTopic }),
    ...(value !== undefined && { [template]: `{{ value_json.${value} }}` }),
    ...(!withoutCommand.includes(platform) &&
      owner.commandTopic !== undefined && { command_topic: owner.commandTopic }),
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

/** A device's id is its owner's choice and does for its entities; the agent's has nobody else to tell them from. */
function namingIds({ ids }: Owner): readonly string[] {
  return ids.length > 1 ? ids.slice(1) : ids;
}

function platformOf(entity: Entity, owner: Owner): EntityPlatform {
  return (optionsFor(entity, owner)["platform"] as EntityPlatform | undefined) ?? entity.platform;
}

/** Home Assistant's own options are never groups, so that a group is what is meant for one entity. */
function optionsFor({ key }: Entity, { options }: Owner): Readonly<Record<string, unknown>> {
  const forAll = Object.entries(options).filter(([, value]) => !isGroup(value));
  const own = options[key];
  const { discovery: _discovery, ...given } = { ...Object.fromEntries(forAll), ...(isGroup(own) ? own : {}) };
  return given;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
