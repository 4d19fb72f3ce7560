import type { Announcement } from "./announcement.ts";
import type { ComponentPlatform } from "./component.ts";

/** Components by their ids, each with its platform. */
export type Platforms = Readonly<Record<string, ComponentPlatform>>;

/** The components by discovery topic. */
export type Components = Readonly<Record<string, Platforms>>;

/** The components of announcements. */
export function componentsOf(announcements: readonly Announcement[]): Components {
  return Object.fromEntries(
    announcements.map(({ topic, components }) => [
      topic,
      Object.fromEntries(Object.entries(components).map(([id, { p }]) => [id, p])),
    ]),
  );
}

/** What has changed in the announcements. */
export interface Difference {
  /** Topics on which nothing is announced any more. */
  readonly emptied: readonly string[];
  /** Components that are not announced anywhere any more, by topic. */
  readonly gone: Components;
  /** Topics with components that are now announced on another topic. */
  readonly left: readonly string[];
}

/** Compares what was announced with what is to be announced. */
export function difference(before: Components, now: Components): Difference {
  const home = homes(now);
  return {
    emptied: Object.keys(before).filter((topic) => !(topic in now)),
    gone: without(before, now),
    left: Object.entries(before)
      .filter(([topic, ids]) => Object.keys(ids).some((id) => home.has(id) && home.get(id) !== topic))
      .map(([topic]) => topic),
  };
}

/** The topic of each component, by its id. */
export function homes(components: Components): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(components).flatMap(([topic, ids]) => Object.keys(ids).map((id) => [id, topic] as const)),
  );
}

/** The components without those that `others` has on any topic. */
export function without(components: Components, others: Components): Components {
  const home = homes(others);
  return Object.fromEntries(
    Object.entries(components)
      .map(([topic, ids]) => [topic, Object.fromEntries(Object.entries(ids).filter(([id]) => !home.has(id)))] as const)
      .filter(([, ids]) => Object.keys(ids).length > 0),
  );
}

/** The components of both. */
export function together(some: Components, others: Components): Components {
  const topics = new Set([...Object.keys(some), ...Object.keys(others)]);
  return Object.fromEntries([...topics].map((topic) => [topic, { ...some[topic], ...others[topic] }]));
}
