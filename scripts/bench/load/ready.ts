import type { Contestant, Job, Running } from "../contestants/contestant.ts";
import { end } from "../machine/processes.ts";
import { usedSoFar } from "../machine/usage.ts";
import { Line } from "./line.ts";

/** The slowest peer takes 20 s with 500 devices. */
const longestStartMs = 120_000;

/** A contestant that has said that it is ready. */
export interface Ready extends Running {
  /** From the start of its process to that word. */
  readonly ms: number;
  /** Its processor time until then, in ms, which other programs on the machine hardly change. */
  readonly cpuMs: number;
  readonly pid: number;
}

/** Starts a contestant and waits until it is ready. Undefined where it cannot do the job. Rejects where it ends or is never ready. */
export async function ready(contestant: Contestant, job: Job): Promise<Ready | undefined> {
  const line = await Line.open(job.port);
  // The topic is known only when it has started, which is before it can say anything.
  let status: Running["status"] | undefined;
  let begin = 0;
  const said = new Promise<number>((resolve) => {
    line.heard = (topic, word, retained) => {
      if (!retained && topic === status?.topic && word === status.word) resolve(performance.now() - begin);
    };
  });
  await line.subscribe(["pi2mqtt/+/status", "bench/+/+/status"], 1);
  begin = performance.now();
  const running = contestant.start(job);
  try {
    if (running === undefined) return undefined;
    status = running.status;
    const ms = await Promise.race([said, failure(running)]);
    const pid = running.child.pid ?? 0;
    return { ...running, pid, ms, cpuMs: usedSoFar(pid).cpuMs };
  } catch (error) {
    if (running !== undefined) await end(running.child);
    throw error;
  } finally {
    line.close();
  }
}

/** Rejects when the process ends or takes too long. */
function failure({ contestant, child }: Running): Promise<never> {
  return new Promise((_resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${contestant.name} ended with ${code} before it was ready`)));
    child.once("error", reject);
    setTimeout(() => reject(new Error(`${contestant.name} was not ready in time`)), longestStartMs).unref();
  });
}

/** Starts several, one after the other, gives them to the task, and ends them. */
export function withReady<Result>(
  contestants: readonly Contestant[],
  job: Job,
  task: (all: readonly Ready[]) => Promise<Result>,
): Promise<Result> {
  return withJobs(contestants, [job], task);
}

/** The same with each contestant once for each job. */
export async function withJobs<Result>(
  contestants: readonly Contestant[],
  jobs: readonly Job[],
  task: (all: readonly Ready[]) => Promise<Result>,
): Promise<Result> {
  const all: Ready[] = [];
  try {
    for (const job of jobs)
      for (const contestant of contestants) {
        const one = await ready(contestant, job);
        if (one !== undefined) all.push(one);
      }
    return await task(all);
  } finally {
    await Promise.all(all.map(({ child }) => end(child)));
  }
}
