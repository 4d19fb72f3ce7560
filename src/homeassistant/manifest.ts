import * as z from "zod";
import { entityPlatforms } from "../core/entity.ts";
import type { Announcement } from "./announcement.ts";

/** Components by id, with their platforms. */
export type Platforms = Readonly<Record<string, string>>;

/** What was announced: by topic, the components there. Kept by the broker, beside what it tells of. */
export type Manifest = Readonly<Record<string, Platforms>>;

const written = z.record(z.string(), z.record(z.string(), z.enum(entityPlatforms)));

/** Reads a manifest. Undefined for what is none; topics that are not this agent's are left out, whoever wrote them there. */
export function readManifest(payload: Uint8Array, agentId: string): Manifest | undefined {
  try {
    const manifest = written.parse(JSON.parse(new TextDecoder().decode(payload)));
    return Object.fromEntries(Object.entries(manifest).filter(([topic]) => isOwnTopic(topic, agentId)));
  } catch {
    return undefined;
  }
}

/** The manifest of announcements, with what each of them takes back. */
export function manifestOf(announcements: readonly Announcement[], removed: Manifest = {}): Manifest {
  return Object.fromEntries(
    announcements.map(({ topic, components }) => [
      topic,
      {
        ...removed[topic],
        ...Object.fromEntries(Object.entries(components).map(([id, { p }]) => [id, p])),
      },
    ]),
  );
}

/** The payload of a manifest: empty where nothing is announced, since there is nothing to remember then. */
export function writeManifest(announcements: readonly Announcement[], removed: Manifest = {}): string {
  return announcements.length === 0 ? "" : JSON.stringify(manifestOf(announcements, removed));
}

/** What has become of an earlier manifest. */
export interface Difference {
  /** Topics on which nothing is announced any more. */
  readonly emptied: readonly string[];
  /** By topic, components that are announced nowhere any more while others of their topic are. */
  readonly removed: Manifest;
  /** Topics with components that are announced on another topic now. */
  readonly left: readonly string[];
  /** By topic that is left, components that are announced nowhere any more. */
  readonly lost: Manifest;
}

/** Compares what was announced with what is. */
export function difference(before: Manifest, now: Manifest): Difference {
  const home = new Map(
    Object.entries(now).flatMap(([topic, ids]) => Object.keys(ids).map((id) => [id, topic] as const)),
  );
  const topics = Object.entries(before);
  const left = topics
    .filter(([topic, ids]) => Object.keys(ids).some((id) => home.has(id) && home.get(id) !== topic))
    .map(([topic]) => topic);
  const gone = topics
    .map(([topic, ids]) => [topic, Object.fromEntries(Object.entries(ids).filter(([id]) => !home.has(id)))] as const)
    .filter(([, ids]) => Object.keys(ids).length > 0);
  return {
    emptied: Object.keys(before).filter((topic) => !(topic in now)),
    removed: Object.fromEntries(gone.filter(([topic]) => topic in now)),
    left,
    lost: Object.fromEntries(gone.filter(([topic]) => left.includes(topic))),
  };
}

/**
 * `<prefix>/device/<agent>/config` or `<prefix>/<platform>/<agent>/<component>/config`, where a device with an area of its own
 * has its id after the agent's. A wildcard would end the connection.
 */
function isOwnTopic(topic: string, agentId: string): boolean {
  const node = `${agentId}(?:__[\\w-]+)?`;
  return new RegExp(`^[^+#\\0]+/(?:device/${node}|(?:${entityPlatforms.join("|")})/${node}/[\\w-]+)/config$`).test(
    topic,
  );
}
