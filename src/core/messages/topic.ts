import * as z from "zod";
import { adviceFor, nameOf, oddCharacters } from "../text/odd-characters.ts";

/** A topic in MQTT has at most 65,535 bytes. The longest of our suffixes must fit too. */
const maxTopicBytes = 65_535 - "/availability".length;

/** Why a text cannot be a device's topic, as a clause. Undefined if it can. */
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

/** An option that is a topic: no wildcards, no empty level, and it does not begin with `$`. */
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
  /** Where the agent publishes `online` or `offline` for itself. The broker publishes `offline` as its last will. */
  readonly status: string;
  /** What the agent is: version, machine, devices. Retained JSON. */
  readonly info: string;
  /** How the agent is: uptime, memory, failures. Retained JSON, once a minute. */
  readonly health: string;
  /** `PRESS` on it ends the agent, so that systemd starts it again. */
  readonly restart: string;
  /** The level of the log now, retained. A level that is published on its `/set` topic holds until the next start. */
  readonly logLevel: string;
  readonly setLogLevel: string;
  /** The topic above those of the rules. What is known of a rule is below it, retained; `/set` below that switches the rule on and off. */
  readonly rules: string;
  /** What Home Assistant was told to show, retained. So what is removed from devices.yaml can be removed there too. */
  readonly announced: string;
}

/** Derives the agent's topics from the one above them. */
export function agentTopics(base: string): AgentTopics {
  return {
    status: `${base}/status`,
    info: `${base}/info`,
    health: `${base}/health`,
    restart: `${base}/restart`,
    logLevel: `${base}/log_level`,
    setLogLevel: `${base}/log_level/set`,
    rules: `${base}/rules`,
    announced: `${base}/announced`,
  };
}
