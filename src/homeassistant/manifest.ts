import * as z from "zod";
import { topicProblem } from "../core/messages/topic.ts";
import { singleTopic } from "./announcement.ts";
import { componentPlatforms } from "./component.ts";
import type { Components, Platforms } from "./difference.ts";

/** What was announced, as the broker keeps it beside the messages that it tells of. */
export interface Manifest {
  /** What tells the machine that wrote it; undefined where nothing did, and before 0.4.0. */
  readonly machine?: string | undefined;
  readonly announced: Components;
  /** What was taken back, while no Home Assistant has said since then that it is online. */
  readonly removed: Components;
  /** The topics of the devices, each with the levels below it on which the broker keeps something; "" is the topic itself. */
  readonly devices: Readonly<Record<string, readonly string[]>>;
  /** Topics of messages that the broker did not take because of their size, with that size in bytes. */
  readonly tooLarge: Readonly<Record<string, number>>;
}

/** The manifest of a broker that has none. */
export const nothingAnnounced: Manifest = { announced: {}, removed: {}, devices: {}, tooLarge: {} };

const components = z.record(z.string(), z.record(z.string().regex(/^[\w-]+$/), z.enum(componentPlatforms)));

const written = z.object({
  machine: z.string().optional(),
  announced: components,
  removed: components.default({}),
  devices: z.record(z.string(), z.array(z.string().regex(/^\w*$/))).default({}),
  too_large: z.record(z.string(), z.number()).default({}),
});

/** Versions up to 0.3.0 wrote what was announced and nothing else. */
const writtenBefore = components.transform((announced) => written.parse({ announced }));

/** Reads a manifest. Undefined for what is none; discovery topics that are not this agent's are left out, whoever wrote them there. */
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

/** The payload of a manifest: empty where nothing is announced, since there is nothing to remember then. */
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

/**
 * A broker that does not take a large message may not take a large manifest either: what is announced entity by entity instead of on
 * the topic of such a message is written under that topic.
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

/** Those parts of what is told by topic whose topics have a quality. */
export function keepTopics<Value>(
  byTopic: Readonly<Record<string, Value>>,
  has: (topic: string) => boolean,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(byTopic).filter(([topic]) => has(topic)));
}

/**
 * `<prefix>/device/<agent>/config` or `<prefix>/<platform>/<agent>/<component>/config`, where a device with an area of its own
 * has its id after the agent's. A wildcard would end the connection.
 */
function ownTopics(agentId: string): (topic: string) => boolean {
  const node = `${agentId}(?:__[\\w-]+)?`;
  const own = new RegExp(
    `^[^$+#\\0][^+#\\0]*/(?:device/${node}|(?:${componentPlatforms.join("|")})/${node}/[\\w-]+)/config$`,
  );
  return (topic) => own.test(topic);
}
