import { identifier, origin } from "./announcement.ts";
import type { Platforms } from "./difference.ts";

/**
 * A message for the topic of a whole device that takes components back and changes nothing else: Home Assistant leaves those alone
 * that a message does not name, and reads the device of a message only for those that it is to show.
 */
export function removalOf(topic: string, removed: Platforms, version: string): string {
  return JSON.stringify({ ...sharedOf(nodeOf(topic), version), cmps: toBeRemoved(removed) });
}

/** Components as a message names them that takes them back: with their platform and nothing else, as is the rule. */
export function toBeRemoved(removed: Platforms) {
  return Object.fromEntries(Object.entries(removed).map(([id, platform]) => [id, { p: platform }]));
}

/** What every message must have, and no more: what the device is called stays as it is. */
export function sharedOf(node: string, version: string) {
  return { dev: { ids: [identifier(node)] }, o: origin(version) };
}

/** The part of a discovery topic that names the device of Home Assistant; a topic for a single entity has the entity after it. */
export function nodeOf(topic: string, isSingle = false): string {
  return topic.split("/").at(isSingle ? -3 : -2) ?? "";
}
