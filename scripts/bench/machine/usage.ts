import { readdirSync, readFileSync } from "node:fs";

/** What a process has used since its start, of all its threads, from /proc. */
export interface Used {
  readonly cpuMs: number;
  /** How often one of its threads was woken up. */
  readonly wakeUps: number;
}

/** The memory of a process, in MB (2^20 bytes). */
export interface Memory {
  /** What is in its address space and in memory, also what it shares with others. */
  readonly rss: number;
  /** What nobody else has: Private_Clean and Private_Dirty. */
  readonly own: number;
}

/** Throws where there is no /proc, and where the process has ended. */
export function usedSoFar(pid: number): Used {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
  const sum = (of: (thread: string) => number) => threads.reduce((total, thread) => total + of(thread), 0);
  return {
    // proc_pid_schedstat: the first number is nanoseconds on a processor.
    cpuMs: sum((thread) => Number(readFileSync(`${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6),
    wakeUps: sum((thread) => numberOf(readFileSync(`${thread}/status`, "utf8"), "voluntary_ctxt_switches")),
  };
}

/** What lies between two readings. */
export function since(before: Used, now: Used): Used {
  return { cpuMs: now.cpuMs - before.cpuMs, wakeUps: now.wakeUps - before.wakeUps };
}

/** Throws where there is no /proc, and where the process has ended. */
export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (key: string) => numberOf(text, key) / 1024;
  return { rss: megabytes("Rss"), own: megabytes("Private_Clean") + megabytes("Private_Dirty") };
}

function numberOf(text: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(text)?.[1]);
}
