import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { release } from "node:os";

/** Throws unless this process runs in the guest: these tests load modules, add users and move pins. */
export function onlyInTheGuest(): void {
  if (!release().endsWith("-pi2mqtt"))
    throw new Error('these tests need the kernel lab; run them with "npm run test:kernel"');
}

/** The text of a file of the kernel, without the end of line. */
export function readAttribute(path: string): string {
  return readFileSync(path, "utf8").trim();
}

/** The names in a folder of the kernel; none where it is missing. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Runs a program of the guest to its end and gives what it printed. Throws when it fails. */
export function runProgram(program: string, ...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Runs one of busybox's small programs, of the busybox that belongs to the lab. */
export function runBusybox(...words: readonly string[]): string {
  return runProgram(`${process.env["LAB_BUILT"]}/busybox`, ...words);
}

/** Loads one of the lab's modules: `w1_sim`, `pwm_sim`, `expander_sim`, `i2c_sim` or `i2c-stub`. */
export function loadModule(name: string, ...parameters: readonly string[]): void {
  runBusybox("insmod", `${process.env["LAB_BUILT"]}/modules/${name}.ko`, ...parameters);
}

/** Unloads a module, and with it the hardware that it simulates. */
export function unloadModule(name: string): void {
  runBusybox("rmmod", name);
}

/** Waits until something is so; rejects after `limitMs` with a sentence that names what was awaited. */
export async function until<T>(what: string, look: () => T | undefined | false, limitMs = 60_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
