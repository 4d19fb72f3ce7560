import type { DeviceSettings } from "../core/device.ts";
import { agentTopics, deviceTopics } from "../core/topic.ts";
import type { SourceDocument } from "./document.ts";
import type { Problem } from "./problem.ts";

interface Use {
  readonly owner: string;
  /** The owner's own topic; the others are derived from it. */
  readonly base: string;
}

/** What others than the devices use. */
interface OtherTopics {
  /** Above the agent's own. */
  readonly agent: string;
  /** Where Home Assistant says that it is online; undefined where nobody listens to it. */
  readonly homeAssistant: string | undefined;
}

/** Finds topics that two want to use; the warnings are topics that only look like different ones. */
export function checkTopics(devices: readonly DeviceSettings[], others: OtherTopics, source: SourceDocument) {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const ownTopics: string[] = Object.values(agentTopics(others.agent));
  const uses = new Map<string, Use>(ownTopics.map((topic) => [topic, { owner: "the agent", base: topic }]));
  const birth = others.homeAssistant;
  if (birth !== undefined && uses.has(birth)) {
    const sentence = `"${birth}" would be used by the agent and by Home Assistant's status_topic; choose another`;
    problems.push({ path: "agent.topic", place: source.placeOfValue(["agent", "topic"]), sentence });
  }
  if (birth !== undefined) uses.set(birth, { owner: "Home Assistant's status_topic", base: birth });
  const bases = new Map<string, DeviceSettings>();
  for (const device of devices) {
    const path = ["devices", device.id, "topic"];
    const say = (sentence: string): Problem => ({ path: path.join("."), place: source.placeOfValue(path), sentence });
    const clash = clashOf(device, uses);
    if (clash !== undefined) problems.push(say(clash));
    const twin = bases.get(device.topic.toLowerCase());
    if (twin !== undefined && twin.topic !== device.topic)
      warnings.push(
        say(`"${device.topic}" differs only in case from the topic of "${twin.id}"; MQTT takes them for two`),
      );
    bases.set(device.topic.toLowerCase(), twin ?? device);
  }
  return { problems, warnings };
}

/** Notes the topics of a device; says so when one of them is taken. */
function clashOf(device: DeviceSettings, uses: Map<string, Use>): string | undefined {
  const { commands, ...others } = deviceTopics(device.topic, device.kind.command !== undefined);
  let clash: string | undefined;
  for (const topic of new Set([...commands, ...Object.values(others)])) {
    const use = uses.get(topic);
    if (use === undefined) {
      uses.set(topic, { owner: `"${device.id}"`, base: device.topic });
      continue;
    }
    clash ??=
      topic === device.topic && topic === use.base
        ? `"${topic}" is already the topic of ${use.owner}; choose another`
        : `"${topic}" would be used by ${use.owner} too; choose a topic that is not below another device's`;
  }
  return clash;
}
