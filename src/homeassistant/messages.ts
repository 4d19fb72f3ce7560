import { type Announcement, announcements } from "./announcement.ts";
import type { Component } from "./component.ts";
import type { House } from "./house.ts";
import type { Platforms } from "./manifest.ts";

/** A message for the broker, retained. */
export interface DiscoveryMessage {
  readonly topic: string;
  readonly payload: string;
}

/** All that is announced of a house, as it goes out. */
export function discoveryMessages(house: House): readonly DiscoveryMessage[] {
  return announcements(house).map((announcement) => ({
    topic: announcement.topic,
    payload: payloadOf(announcement),
  }));
}

/** The payload of an announcement. Components that are to go are named with their platform and nothing else, as is the rule. */
export function payloadOf({ shared, components, isSingle }: Announcement, removed: Platforms = {}) {
  if (isSingle) {
    const [only] = Object.values(components);
    const { p: _platform, default_entity_id: entityId, ...settings } = only as Component;
    const objectId = String(entityId).replace(/^[^.]*\./, "");
    return JSON.stringify({ ...shared, ...settings, object_id: objectId });
  }
  return JSON.stringify({ ...shared, cmps: { ...toBeRemoved(removed), ...components } });
}

/**
 * A message that takes components back and changes nothing else: Home Assistant leaves those alone that a message does not name,
 * and reads the device of a message only for those that it is to show.
 */
export function removalOf(shared: Announcement["shared"], removed: Platforms): string {
  return JSON.stringify({ ...shared, cmps: toBeRemoved(removed) });
}

function toBeRemoved(removed: Platforms) {
  return Object.fromEntries(Object.entries(removed).map(([id, platform]) => [id, { p: platform }]));
}
