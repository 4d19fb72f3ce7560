import { identifier, origin } from "./announcement.ts";
import type { Platforms } from "./difference.ts";

/**
 * A message for the topic of a whole device that removes components and changes nothing else. Home Assistant leaves components alone that
 * the message does not name. It reads the values of the device only for components that it shows.
 */
export function removalOf(topic: string, removed: Platforms, version: string): string {
  return JSON.stringify({ ...sharedOf(nodeOf(topic), version), cmps: toBeRemoved(removed) });
}

/** The form in which a message removes components: their platform and nothing else. */
export function toBeRemoved(removed: Platforms) {
  return Object.fromEntries(Object.entries(removed).map(([id, platform]) => [id, { p: platform }]));
}

/** The parts that every message must have. The name of the device is left out, so that it stays as it is. */
export function sharedOf(node: string, version: string) {
  return { dev: { ids: [identifier(node)] }, o: origin(version) };
}

/** The part of a discovery topic that names the device. On the topic of a single entity, the entity follows it. */
export function nodeOf(topic: string, isSingle = false): string {
  return topic.split("/").at(isSingle ? -3 : -2) ?? "";
}
