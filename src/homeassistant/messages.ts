import type { AnnouncedHouse } from "./announced-house.ts";
import { type Announcement, announcements } from "./announcement.ts";
import type { Component } from "./component.ts";
import type { Platforms } from "./difference.ts";
import { toBeRemoved } from "./removal.ts";

/** A retained message for the broker. */
export interface DiscoveryMessage {
  readonly topic: string;
  readonly payload: string;
}

/** All announcements of a house as messages, if the broker has no size limit. */
export function discoveryMessages(house: AnnouncedHouse): readonly DiscoveryMessage[] {
  return announcements(house).map((announcement) => ({
    topic: announcement.topic,
    payload: payloadOf(announcement),
  }));
}

/** The payload of an announcement. `removed` are components of its topic that are to be removed. */
export function payloadOf({ shared, components, isSingle }: Announcement, removed: Platforms = {}) {
  if (isSingle) {
    const [only] = Object.values(components);
    const { p: _platform, ...settings } = only as Component;
    return JSON.stringify({ ...shared, ...settings, ...objectIdOf(settings) });
  }
  return JSON.stringify({ ...shared, cmps: { ...toBeRemoved(removed), ...components } });
}

/** Home Assistant before 2025.10 does not know `default_entity_id`, and since 2026.4 it does not know `object_id`. */
function objectIdOf({ default_entity_id: entityId }: Readonly<Record<string, unknown>>) {
  return typeof entityId === "string" ? { object_id: entityId.replace(/^[^.]*\./, "") } : {};
}
