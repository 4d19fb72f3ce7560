import { type Announcement, announcements } from "./announcement.ts";
import type { Component } from "./component.ts";
import type { Platforms } from "./difference.ts";
import type { House } from "./house.ts";
import { toBeRemoved } from "./removal.ts";

/** A message for the broker, retained. */
export interface DiscoveryMessage {
  readonly topic: string;
  readonly payload: string;
}

/** All that is announced of a house, as it goes out where the broker has no limit. */
export function discoveryMessages(house: House): readonly DiscoveryMessage[] {
  return announcements(house).map((announcement) => ({
    topic: announcement.topic,
    payload: payloadOf(announcement),
  }));
}

/** The payload of an announcement, with the components of its topic that are to go. */
export function payloadOf({ shared, components, isSingle }: Announcement, removed: Platforms = {}) {
  if (isSingle) {
    const [only] = Object.values(components);
    const { p: _platform, ...settings } = only as Component;
    return JSON.stringify({ ...shared, ...settings, ...objectIdOf(settings) });
  }
  return JSON.stringify({ ...shared, cmps: { ...toBeRemoved(removed), ...components } });
}

/** Home Assistant before 2025.10 knows nothing of `default_entity_id`, and since 2026.4 nothing of `object_id`. */
function objectIdOf({ default_entity_id: entityId }: Readonly<Record<string, unknown>>) {
  return typeof entityId === "string" ? { object_id: entityId.replace(/^[^.]*\./, "") } : {};
}
