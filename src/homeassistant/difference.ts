import type { Announcement } from "./announcement.ts";
import type { ComponentPlatform } from "./component.ts";

/** Components by id, with their platforms. */
export type Platforms = Readonly<Record<string, ComponentPlatform>>;

/** By discovery topic, the components there. */
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

/** What has become of what was announced. */
export interface Difference {
  /** Topics on which nothing is announced any more. */
  readonly emptied: readonly string[];
  /** By topic, components that are announced nowhere any more. */
  readonly gone: Components;
  /** Topics with components that are announced on another topic now. */
  readonly left: readonly string[];
}

/** Compares what was announced with what is to be. */
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

/** Components less those that others have on any topic. */
export function without(components: Components, others: Components): Components {
  const home = homes(others);
  return Object.fromEntries(
    Object.entries(components)
      .map(([topic, ids]) => [topic, Object.fromEntries(Object.entries(ids).filter(([id]) => !home.has(id)))] as const)
      .filter(([, ids]) => Object.keys(ids).length > 0),
  );
}

/** Components of both. */
export function together(some: Components, others: Components): Components {
  const topics = new Set([...Object.keys(some), ...Object.keys(others)]);
  return Object.fromEntries([...topics].map((topic) => [topic, { ...some[topic], ...others[topic] }]));
}
