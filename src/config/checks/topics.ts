import { allTopics, deviceTopics } from "../../core/messages/device-topics.ts";
import { agentTopics } from "../../core/messages/topic.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "./checked-device.ts";

interface Use {
  readonly owner: string;
  /** The owner's topic in devices.yaml; the others are derived from it. */
  readonly base: string;
}

/** The topics that are not those of devices. Each is undefined if it is not known or not used. */
interface OtherTopics {
  /** The topic above those of the agent. */
  readonly agent: string | undefined;
  /** Where Home Assistant publishes that it is online. */
  readonly homeAssistant: string | undefined;
  /** Home Assistant's discovery prefix. */
  readonly discovery: string | undefined;
}

/** Finds topics that are used twice. Warns of topics that differ only in case. */
export function checkTopics(devices: readonly KnownDevice[], others: OtherTopics, source: SourceDocument) {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const say = (path: Path, sentence: string): Problem => ({
    path: pathText(path),
    place: source.placeOfValue(path),
    sentence,
  });
  const uses = new Map<string, Use>();
  const { agent, homeAssistant: birth, discovery } = others;
  if (agent !== undefined) {
    for (const topic of Object.values(agentTopics(agent))) uses.set(topic, { owner: "the agent", base: topic });
    const clash = agentClash(agent, others, uses);
    if (clash !== undefined) problems.push(say(whoChoseTheAgents(source), clash));
  }
  if (birth !== undefined) uses.set(birth, { owner: "Home Assistant's status_topic", base: birth });
  const bases = new Map<string, KnownDevice>();
  for (const device of devices) {
    const { topic, id } = device;
    if (topic === undefined) continue;
    const path = ["devices", id, "topic"];
    const clash = clashOf(device, topic, uses) ?? belowDiscovery(topic, discovery);
    if (clash !== undefined) problems.push(say(path, clash));
    const twin = bases.get(topic.toLowerCase());
    if (twin !== undefined && twin.topic !== topic)
      warnings.push(
        say(path, `"${topic}" differs only in case from the topic of "${twin.id}"; MQTT takes them for two`),
      );
    bases.set(topic.toLowerCase(), twin ?? device);
  }
  return { problems, warnings };
}

function agentClash(agent: string, { homeAssistant, discovery }: OtherTopics, uses: ReadonlyMap<string, Use>) {
  if (homeAssistant !== undefined && uses.has(homeAssistant))
    return `"${homeAssistant}" would be used by the agent and by Home Assistant's status_topic; choose another`;
  return belowDiscovery(agent, discovery);
}

/** Home Assistant takes everything below its discovery prefix as announcements. */
function belowDiscovery(topic: string, discovery: string | undefined): string | undefined {
  if (discovery === undefined || !`${topic}/`.startsWith(`${discovery}/`)) return undefined;
  return `"${topic}" begins with "${discovery}", Home Assistant's discovery prefix, which is for announcements alone; choose another beginning`;
}

/** The path of the setting from which the agent's topics come. */
function whoChoseTheAgents(source: SourceDocument): Path {
  const settings = [
    ["agent", "topic"],
    ["home_assistant", "prefix"],
  ];
  return settings.find((path) => source.writtenValue(path) !== undefined) ?? ["agent", "topic"];
}

/** Adds the topics of a device to `uses`. Returns a sentence if one of them is used already. */
function clashOf({ id, kind }: KnownDevice, base: string, uses: Map<string, Use>): string | undefined {
  let clash: string | undefined;
  for (const topic of allTopics(deviceTopics(base, kind))) {
    const use = uses.get(topic);
    if (use === undefined) {
      uses.set(topic, { owner: `"${id}"`, base });
      continue;
    }
    clash ??=
      topic === base && topic === use.base
        ? `"${topic}" is already the topic of ${use.owner}; choose another`
        : `"${topic}" would be used by ${use.owner} too; choose a topic that is not below another device's`;
  }
  return clash;
}
