import type { BusMessage } from "../../core/messages/bus.ts";
import type { HostPorts } from "../device/device-context.ts";

/** Brokers refuse topics of some hundred levels by hanging up; Mosquitto allows 200. */
const mostLevels = 100;

/** Where no answer is put, whoever asks for it. */
export interface Reserved {
  /** Whether a topic means something to this agent. */
  readonly isTaken: (topic: string) => boolean;
  /** Beginnings of topics that mean something to others. */
  readonly prefixes: readonly string[];
}

/**
 * Takes from a message the wish to be answered on a topic where the answer could do harm. The sender chooses that topic (MQTT 5), but
 * it is the agent that writes there, with its own rights: to a command topic, an answer may be a command; to a topic that is
 * none, it may cost the connection.
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
