#!/usr/bin/env node
/**
 * The entry point: what must be set before the program is loaded. It has few imports, so that an old Node.js can read it and say that it is
 * too old.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { BuiltProgram, type BuiltTable } from "./launch/built-program.ts";
import { CodeCache } from "./launch/code-cache.ts";
import { giveBackMemory } from "./launch/give-back-memory.ts";
import type * as program from "./program.ts";

/** The modules of the program and their places in its file, in a build; see scripts/build.ts. */
declare const builtTable: BuiltTable | undefined;

/** Logs that a signal has no effect. Before there is a log it does nothing. */
let ignore: (signal: string) => void = () => {};
// This comes first. On SIGUSR1 Node.js would open its debugger to every user of this machine, and SIGUSR2 would end the program.
for (const signal of ["SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => ignore(signal));

/**
 * How many files can be read at a time. A sensor's bus that hangs blocks one of these threads; by default there are 4, which also look up
 * the broker and write the disk. Node.js 20 has read the variable before this line; there systemd/pi2mqtt.service sets it.
 */
process.env["UV_THREADPOOL_SIZE"] ??= "16";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `pi2mqtt needs Node.js 20.19 or newer, and this is ${process.version}; Raspberry Pi OS trixie has it ("sudo apt install nodejs npm"), on bookworm install it from https://nodejs.org/en/download`,
  );
  process.exit(1);
}

if (typeof builtTable === "object") startBuilt(builtTable);
else void import("./program.ts").then(({ runProgram }) => begin(runProgram, giveBackMemory));

function startBuilt(table: BuiltTable): void {
  const file = join(import.meta.dirname, "program.js");
  const cache = new CodeCache(table.id, file, process.env["CACHE_DIRECTORY"]);
  const built = new BuiltProgram(file, table, cache, createRequire(import.meta.url));
  begin((built.load("program.js") as typeof program).runProgram, () => void built.settle().then(giveBackMemory));
}

function begin(runProgram: typeof program.runProgram, settled: () => void): void {
  ignore = runProgram(process.argv.slice(2), settled);
}
