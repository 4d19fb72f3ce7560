import { allTopics, deviceTopics } from "../../core/messages/device-topics.ts";
import type { KnownDevice } from "../checks/checked-device.ts";

/**
 * Makes a function that says why a rule may not use a topic: it belongs to a device of this agent, to the agent itself or to Home Assistant's
 * discovery. Undefined for a foreign topic.
 */
export function foreignTopics(
  devices: readonly KnownDevice[],
  agentTopic: string,
  { discovery }: { readonly discovery: string | undefined },
): (topic: string) => string | undefined {
  let owners: ReadonlyMap<string, string> | undefined;
  return (topic) => {
    owners ??= ownersOf(devices);
    const owner = owners.get(topic);
    if (owner !== undefined) return `"${topic}" belongs to "${owner}" of this agent; write "device: ${owner}" instead`;
    if (`${topic}/`.startsWith(`${agentTopic}/`)) return `"${topic}" belongs to this agent; choose another`;
    if (discovery !== undefined && `${topic}/`.startsWith(`${discovery}/`))
      return `"${topic}" begins with "${discovery}", Home Assistant's discovery prefix; choose another`;
    return undefined;
  };
}

/** The ids of the devices by their topics. */
function ownersOf(devices: readonly KnownDevice[]): ReadonlyMap<string, string> {
  return new Map(
    devices.flatMap(({ id, kind, topic }) =>
      topic === undefined ? [] : allTopics(deviceTopics(topic, kind)).map((one) => [one, id] as const),
    ),
  );
}
