import { usedTopics } from "../core/device-settings.ts";
import type { Bus } from "../core/messages/bus.ts";
import { allTopics, keptTopics } from "../core/messages/device-topics.ts";
import { agentTopics, topicProblem } from "../core/messages/topic.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import type { Manifest } from "./manifest.ts";

/** The topics of the devices and the rules, in the form of the manifest. */
export function devicesOf({ agent, devices, rules }: AnnouncedHouse): Manifest["devices"] {
  return Object.fromEntries([
    ...rules.map(({ id }) => [ruleTopic(agent, id), [""]] as const),
    ...devices.map(
      (device) =>
        [device.topic, keptTopics(usedTopics(device)).map((topic) => topic.slice(device.topic.length + 1))] as const,
    ),
  ]);
}

function ruleTopic({ topic }: AnnouncedHouse["agent"], id: string): string {
  return `${agentTopics(topic).rules}/${id}`;
}

/**
 * Removes what the broker has kept of devices and rules that were removed or have moved. It never does so on a topic of a present device, of the
 * agent, of another agent or of Home Assistant: the manifest may be wrong, or written by somebody else. If another machine has such a
 * device now, it is asked to publish its state again. `now` is what the broker keeps of the present devices.
 */
export function emptyLeftStates(
  before: Manifest["devices"],
  now: Manifest["devices"],
  house: AnnouncedHouse,
  publish: Bus["publish"],
): void {
  const isKept = ([base, levels]: readonly [string, readonly string[]]) =>
    Object.hasOwn(now, base) && levels.every((level) => now[base]?.includes(level));
  const changed = Object.entries(before).filter((one) => !isKept(one));
  if (changed.length === 0) return;
  const isFree = freeTopics(house);
  for (const [base, levels] of changed) {
    if (topicProblem(base) !== undefined) continue;
    const left = levels.map((level) => (level === "" ? base : `${base}/${level}`)).filter(isFree);
    for (const topic of left) publish(topic, "");
    const get = `${base}/get`;
    if (left.length > 0 && isFree(get)) publish(get, "", { retain: false });
  }
}

function freeTopics({ agent, settings, devices, rules }: AnnouncedHouse): (topic: string) => boolean {
  const inUse = new Set([
    settings.status_topic,
    ...Object.values(agentTopics(agent.topic)),
    ...devices.flatMap((device) => allTopics(usedTopics(device))),
  ]);
  const reserved = [agent.topic, "pi2mqtt", settings.prefix, "homeassistant"];
  const ruleTopics = new Set(rules.map(({ id }) => ruleTopic(agent, id)));
  const isOfRule = (topic: string) => topic.startsWith(`${agentTopics(agent.topic).rules}/`);
  const isReserved = (topic: string) =>
    reserved.some((prefix) => topic === prefix || topic.startsWith(`${prefix}/`)) && !isOfRule(topic);
  return (topic) => !inUse.has(topic) && !ruleTopics.has(topic) && !isReserved(topic);
}
