import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folder, start } from "../machine/processes.ts";
import type { Contestant } from "./contestant.ts";
import { echoTask, echoTopics } from "./echoes.ts";

const source = fileURLToPath(new URL("../floors/echo.c", import.meta.url));

/** An echo in C on a bare socket: the least that any program can cost. Undefined where there is no compiler. */
export function cEcho(): Contestant | undefined {
  const program = join(folder, "echo-c");
  const { error, status, stderr } = spawnSync("cc", ["-O2", "-o", program, source], { encoding: "utf8" });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`cc could not compile ${source}: ${stderr}`);
  const contestant: Contestant = {
    name: "c",
    title: "C echo on a bare socket",
    start(job) {
      const { port, prefix, count, what, qos, clientId } = echoTask(job, "c");
      const child = start(program, [String(port), prefix, String(count), String(qos), what, clientId]);
      return { ...echoTopics(job, "c"), contestant, job, child };
    },
  };
  return contestant;
}
