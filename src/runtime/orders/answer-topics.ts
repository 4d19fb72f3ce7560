import type { BusMessage } from "../../core/messages/bus.ts";
import type { HostPorts } from "../device/device-context.ts";

/** A broker closes the connection for a topic of some hundred levels; Mosquitto allows 200. */
const mostLevels = 100;

/** Topics to which no answer is sent, even if somebody asks for it. */
export interface Reserved {
  /** Whether this agent uses a topic. */
  readonly isTaken: (topic: string) => boolean;
  /** Beginnings of topics that others use. */
  readonly prefixes: readonly string[];
}

/**
 * Removes the answer topic from a message if an answer there could do harm. The sender chooses that topic (MQTT 5), but the agent writes to
 * it with its own rights. On a command topic the answer might be a command. On an invalid topic it might cost the connection.
 */
export function withSafeAnswer(
  message: BusMessage,
  reserved: Reserved,
  ports: Pick<HostPorts, "log" | "refusals">,
): BusMessage {
  const wanted = message.answerTo?.topic;
  if (wanted === undefined || (isTopic(wanted) && !isReserved(wanted, reserved))) return message;
  ports.refusals.answer(ports.log, () => ({ topic: message.topic, response_topic: wanted.slice(0, 100) }));
  return { ...message, answerTo: { topic: undefined, correlation: message.answerTo?.correlation } };
}

function isTopic(text: string): boolean {
  return text !== "" && !/[+#\p{C}]/u.test(text) && !text.startsWith("$") && text.split("/").length <= mostLevels;
}

function isReserved(topic: string, { isTaken, prefixes }: Reserved): boolean {
  return isTaken(topic) || topic.endsWith("/set") || prefixes.some((prefix) => topic.startsWith(`${prefix}/`));
}
