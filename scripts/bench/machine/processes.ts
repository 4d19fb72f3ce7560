import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a developer's machine has and a Pi has not. Each of these makes the start of Node.js slower or changes what it does. */
const removed = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_OPTIONS"];

const running = new Set<ChildProcess>();

/** The folder for all files of this run. It is deleted at the end. */
export const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-bench-"));
/** Where the agents keep their compiled code. */
export const cacheFolder = join(folder, "cache");
mkdirSync(cacheFolder);

process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

/** The environment of all that is started: a folder for state of its own, and nothing that slows Node.js down. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = { ...process.env, STATE_DIRECTORY: join(folder, "state"), CACHE_DIRECTORY: cacheFolder };
  return Object.fromEntries(Object.entries(own).filter(([name]) => !removed.includes(name)));
}

/** Starts a program that ends with the bench at the latest, however that ends. */
export function start(program: string, words: readonly string[], stdio: StdioOptions = "ignore"): ChildProcess {
  const child = spawn(program, words, { stdio, env: cleanEnvironment(), cwd: folder });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** Ends a program and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await gone;
  clearTimeout(late);
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
