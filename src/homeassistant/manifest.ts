import * as z from "zod";
import { topicProblem } from "../core/messages/topic.ts";
import { singleTopic } from "./announcement.ts";
import { componentPlatforms } from "./component.ts";
import type { Components, Platforms } from "./difference.ts";

/** What was announced. The broker keeps it beside the announcements. */
export interface Manifest {
  /** The machine that wrote it. Undefined if nothing identifies that machine, and in manifests of versions before 0.4.0. */
  readonly machine?: string | undefined;
  readonly announced: Components;
  /** Components that were removed since Home Assistant last said that it is online. */
  readonly removed: Components;
  /** The topics of the devices. For each: the levels below it on which the broker keeps a message; "" is the topic itself. */
  readonly devices: Readonly<Record<string, readonly string[]>>;
  /** Topics of messages that were too large for the broker, with their size in bytes. */
  readonly tooLarge: Readonly<Record<string, number>>;
}

/** The manifest for a broker that has none. */
export const nothingAnnounced: Manifest = { announced: {}, removed: {}, devices: {}, tooLarge: {} };

const components = z.record(z.string(), z.record(z.string().regex(/^[\w-]+$/), z.enum(componentPlatforms)));

const written = z.object({
  machine: z.string().optional(),
  announced: components,
  removed: components.default({}),
  devices: z.record(z.string(), z.array(z.string().regex(/^\w*$/))).default({}),
  too_large: z.record(z.string(), z.number()).default({}),
});

/** Versions up to 0.3.0 wrote only what was announced. */
const writtenBefore = components.transform((announced) => written.parse({ announced }));

/** Reads a manifest. Undefined if it is not one. Discovery topics that do not belong to this agent are left out. */
export function readManifest(payload: Uint8Array, agentId: string): Manifest | undefined {
  const isOwn = ownTopics(agentId);
  const own = <Value>(byTopic: Readonly<Record<string, Value>>) => keepTopics(byTopic, isOwn);
  try {
    const { too_large, devices, ...manifest } = z
      .union([written, writtenBefore])
      .parse(JSON.parse(new TextDecoder().decode(payload)));
    const tooLarge = own(too_large);
    return {
      machine: manifest.machine,
      announced: unfolded(own(manifest.announced), tooLarge),
      removed: own(manifest.removed),
      devices: keepTopics(devices, (topic) => topicProblem(topic) === undefined),
      tooLarge,
    };
  } catch {
    return undefined;
  }
}

/** The payload of a manifest. Empty if nothing is announced, because there is nothing to remember. */
export function writeManifest({ machine, announced, removed, devices, tooLarge }: Manifest): string {
  if (Object.keys(announced).length === 0) return "";
  const some = (name: string, group: object) => (Object.keys(group).length > 0 ? { [name]: group } : {});
  return JSON.stringify({
    ...(machine !== undefined && { machine }),
    announced: folded(announced, tooLarge),
    ...some("removed", removed),
    ...some("devices", devices),
    ...some("too_large", tooLarge),
  });
}

/** Whether {@link writeManifest} has written this for the machine, by its beginning: the whole takes long to read. */
export function isWrittenFor(machine: string | undefined, payload: Uint8Array): boolean {
  const beginning = Buffer.from(JSON.stringify({ machine }).slice(0, -1));
  return machine !== undefined && Buffer.compare(beginning, payload.subarray(0, beginning.length)) === 0;
}

/**
 * Makes the manifest smaller. A broker that refuses a large message may refuse a large manifest too. So entities that are announced one by
 * one, because the message for all was too large, are written below the topic of that message.
 */
function folded(announced: Components, tooLarge: Manifest["tooLarge"]): Components {
  const group = new Map(
    Object.keys(tooLarge).flatMap((topic) =>
      Object.entries(announced)
        .filter(([single, ids]) => Object.entries(ids).some((one) => singleTopic(topic, ...one) === single))
        .map(([single]) => [single, topic] as const),
    ),
  );
  const written: Record<string, Platforms> = {};
  for (const [topic, ids] of Object.entries(announced)) {
    const home = group.get(topic) ?? topic;
    written[home] = { ...written[home], ...ids };
  }
  return written;
}

function unfolded(announced: Components, tooLarge: Manifest["tooLarge"]): Components {
  return Object.fromEntries(
    Object.entries(announced).flatMap(([topic, ids]): [string, Platforms][] =>
      topic in tooLarge
        ? Object.entries(ids).map(([id, platform]) => [singleTopic(topic, id, platform), { [id]: platform }])
        : [[topic, ids]],
    ),
  );
}

/** The entries whose topics pass the test. */
export function keepTopics<Value>(
  byTopic: Readonly<Record<string, Value>>,
  has: (topic: string) => boolean,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(byTopic).filter(([topic]) => has(topic)));
}

/**
 * Tests for discovery topics of this agent: `<prefix>/device/<agent>/config` or `<prefix>/<platform>/<agent>/<component>/config`. For a
 * device with an area of its own, its id follows the agent's. Topics with wildcards are refused, because publishing to them would end the
 * connection.
 */
function ownTopics(agentId: string): (topic: string) => boolean {
  const node = `${agentId}(?:__[\\w-]+)?`;
  const own = new RegExp(
    `^[^$+#\\0][^+#\\0]*/(?:device/${node}|(?:${componentPlatforms.join("|")})/${node}/[\\w-]+)/config$`,
  );
  return (topic) => own.test(topic);
}
