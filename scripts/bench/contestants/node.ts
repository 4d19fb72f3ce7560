import type { ChildProcess } from "node:child_process";
import { start } from "../machine/processes.ts";
import type { Job } from "./contestant.ts";

/** Starts a program of Node.js as the job wants it. */
export function startNode(
  { before = [], nodeOptions = [], channel = false }: Job,
  words: readonly string[],
): ChildProcess {
  const [program = "", ...rest] = [...before, process.execPath, ...nodeOptions, ...words];
  return start(program, rest, channel ? ["ignore", "ignore", "ignore", "ipc"] : "ignore");
}
