import * as z from "zod";
import { adviceFor, nameOf, oddCharacters } from "../text/odd-characters.ts";

/** MQTT carries topics of up to 65,535 bytes; the longest suffix of ours must still fit. */
const maxTopicBytes = 65_535 - "/availability".length;

/** Why a text cannot be a device's topic, as a clause, or undefined when it can. */
export function topicProblem(topic: string): string | undefined {
  if (topic === "") return "is empty; write a topic such as home/office/lamp";
  if (/[+#]/.test(topic)) return "has a wildcard; write one topic, without + and #";
  const unseen = oddCharacters(topic).find(({ sort }) => sort === "blank" || sort === "unseen");
  if (unseen !== undefined) return `has ${nameOf(unseen)} as its character ${unseen.offset + 1}; ${adviceFor(unseen)}`;
  if (/\p{Cc}/u.test(topic)) return "has a control character; remove it";
  if (/[\ud800-\udfff]/u.test(topic)) return "is not valid Unicode; remove the broken character";
  if (topic !== topic.trim()) return "has a space at its beginning or its end; remove it";
  if (topic.startsWith("$")) return "begins with $, which belongs to the broker; begin with a word such as home";
  if (topic.split("/").includes("")) return "has an empty level; remove the leading, trailing or double /";
  if (Buffer.byteLength(topic) > maxTopicBytes) return `is longer than ${maxTopicBytes} bytes; shorten it`;
  return undefined;
}

/** A topic of one's own, as an option: no wildcards, no empty level, not the broker's. */
export function topic(description: string) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = topicProblem(text);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    })
    .describe(description);
}

/** The topics of the agent itself. */
export interface AgentTopics {
  /** Where the agent, or the broker as its last will, says `online` or `offline` for the agent as a whole. */
  readonly status: string;
  /** What the agent is: version, machine, devices; retained JSON. */
  readonly info: string;
  /** How the agent is: uptime, memory, failures; retained JSON, once a minute. */
  readonly health: string;
  /** Where `PRESS` makes the agent end so that systemd starts it anew. */
  readonly restart: string;
  /** The least that is logged now, retained; and where anybody changes it until the next start. */
  readonly logLevel: string;
  readonly setLogLevel: string;
  /** What Home Assistant was told to show, retained, so that what is removed from devices.yaml can be taken back there. */
  readonly announced: string;
}

/** Derives the topics of the agent from the one above them. */
export function agentTopics(base: string): AgentTopics {
  return {
    status: `${base}/status`,
    info: `${base}/info`,
    health: `${base}/health`,
    restart: `${base}/restart`,
    logLevel: `${base}/log_level`,
    setLogLevel: `${base}/log_level/set`,
    announced: `${base}/announced`,
  };
}
