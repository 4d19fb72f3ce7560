import { fileURLToPath } from "node:url";
import type { Qos } from "../load/line.ts";
import { protocolVersion } from "../machine/broker.ts";
import type { Contestant, Job, Running } from "./contestant.ts";
import { startNode } from "./node.ts";

const script = fileURLToPath(new URL("../floors/echo.mjs", import.meta.url));

/** The floor for the agent: a bare mqtt.js that publishes each command as the state, at QoS 1 as the agent does. */
export const echoQ1 = echo("echo-q1", 1);

/** The same with states at QoS 0. */
export const echoQ0 = echo("echo-q0", 0);

function echo(name: "echo-q0" | "echo-q1", stateQos: Qos): Contestant {
  const contestant: Contestant = {
    name,
    title: `mqtt.js echo, states at QoS ${stateQos}`,
    start(job) {
      const task = { ...echoTask(job, name), stateQos, protocolVersion: protocolVersion() };
      const child = startNode(job, [script, JSON.stringify(task)]);
      return { ...echoTopics(job, name), contestant, job, child };
    },
  };
  return contestant;
}

/** What each echo needs to know. */
export function echoTask({ port, count, what, qos, label, phased = false }: Job, name: string) {
  return { port, count, what, qos, phased, prefix: `bench/${label}/${name}`, clientId: `${name}-${label}` };
}

/** The topics of each echo. */
export function echoTopics({ label }: Job, name: string): Pick<Running, "status" | "command" | "state" | "on" | "off"> {
  const prefix = `bench/${label}/${name}`;
  return {
    status: { topic: `${prefix}/status`, word: "online" },
    command: (index) => `${prefix}/${index}`,
    state: (index) => `${prefix}/${index}/state`,
    on: "ON",
    off: "OFF",
  };
}
