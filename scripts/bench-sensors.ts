import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { stringify } from "yaml";

/** What an agent with sensors costs in a minute. */
export interface SensorLoad {
  readonly cpuMs: number;
  /** How often one of its threads was woken up. */
  readonly wakeUps: number;
}

/** The agent needs so long for its start and its first readings, in ms. */
const settlingMs = 15_000;
const minuteMs = 60_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What agents with so many simulated sensors cost, each of which is read and published every 10 s. They run at the same time, so that each
 * has the same machine. Rejects where a sensor was not published.
 */
export async function sensorLoads(url: string, folder: string, counts: readonly number[]): Promise<SensorLoad[]> {
  const heard = await connectAsync(url);
  const topics = new Set<string>();
  heard.on("message", (topic) => topics.add(topic));
  await heard.subscribeAsync("bench-sensors/+/+");
  const agents = counts.map((count) => startAgent(url, folder, count));
  try {
    await pause(settlingMs);
    const before = agents.map(usedSoFar);
    await pause(minuteMs);
    const wanted = counts.reduce((sum, count) => sum + count, 0);
    if (topics.size !== wanted) throw new Error(`${topics.size} of ${wanted} sensors were published`);
    return agents.map((agent, index) => {
      const [now, then] = [usedSoFar(agent), before[index] as SensorLoad];
      return { cpuMs: now.cpuMs - then.cpuMs, wakeUps: now.wakeUps - then.wakeUps };
    });
  } finally {
    for (const agent of agents) agent.kill();
    await heard.endAsync();
  }
}

function startAgent(url: string, folder: string, count: number): ChildProcess {
  const names = Array.from({ length: count }, (_one, index) => `s${index}`);
  const sensor = (name: string) => ({ kind: "cpu_temperature", topic: `bench-sensors/${count}/${name}`, every: "10s" });
  const file = join(folder, `sensors-${count}.yaml`);
  const settings = {
    agent: { id: `bench-sensors-${count}` },
    broker: { url },
    home_assistant: { discovery: false },
    devices: Object.fromEntries(names.map((name) => [name, sensor(name)])),
  };
  writeFileSync(file, stringify(settings));
  const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
  return spawn(process.execPath, [main, "run", "--simulate", "--config", file], { stdio: "ignore" });
}

/** Of all threads of a process since its start, from /proc (proc_pid_schedstat, proc_pid_status). */
function usedSoFar({ pid }: ChildProcess): SensorLoad {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
  const sum = (of: (thread: string) => number) => threads.reduce((total, thread) => total + of(thread), 0);
  return {
    // The first number: nanoseconds on a processor.
    cpuMs: sum((thread) => Number(readFileSync(`${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6),
    wakeUps: sum((thread) =>
      Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`${thread}/status`, "utf8"))?.[1]),
    ),
  };
}
