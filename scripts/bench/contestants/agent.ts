import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { folder } from "../machine/processes.ts";
import type { Contestant, Job } from "./contestant.ts";
import { startNode } from "./node.ts";

const main = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));

/** pi2mqtt as it is built, on simulated pins. */
export const agent: Contestant = {
  name: "agent",
  title: "pi2mqtt",
  start(job) {
    const topic = `bench/${job.label}/agent`;
    const id = `bench-${job.label}`;
    const file = join(folder, `${id}.yaml`);
    writeFileSync(file, stringify(job.what === "relays" ? relays(job, id, topic) : sensors(job, id, topic)));
    const simulated = job.what === "relays" ? [] : ["--simulate"];
    return {
      contestant: agent,
      job,
      child: startNode(job, [main, "run", ...simulated, "--config", file]),
      status: { topic: `pi2mqtt/${id}/status`, word: "online" },
      command: (index) => `${topic}/${index}`,
      state: (index) => `${topic}/${index}/state`,
      on: "on",
      off: "off",
    };
  },
};

/** With `force_pins` a simulated bank has any number of pins. */
function relays({ count, port }: Job, id: string, topic: string) {
  const numbers = Array.from({ length: count }, (_one, index) => index);
  return {
    agent: { id },
    broker: { url: `mqtt://127.0.0.1:${port}` },
    gpio: { backend: "simulated", force_pins: numbers },
    devices: Object.fromEntries(
      numbers.map((number) => [`d${number}`, { kind: "relay", topic: `${topic}/${number}`, pin: number }]),
    ),
  };
}

function sensors({ count, port }: Job, id: string, topic: string) {
  const names = Array.from({ length: count }, (_one, index) => `s${index}`);
  return {
    agent: { id },
    broker: { url: `mqtt://127.0.0.1:${port}` },
    home_assistant: { discovery: false },
    devices: Object.fromEntries(
      names.map((name) => [name, { kind: "cpu_temperature", topic: `${topic}/${name}`, every: "1s" }]),
    ),
  };
}
