import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const leave = fileURLToPath(new URL("../../src/service/leave.ts", import.meta.url));
const native = fileURLToPath(new URL("../../src/core/hardware/native.ts", import.meta.url));
const koffi = import.meta.resolve("koffi");
const ports = `{ machine: "x86_64", load: () => import(${JSON.stringify(koffi)}) }`;

/** How a program ends that does this: its status and signal. */
async function endOf(folder: string, program: string): Promise<unknown> {
  const script = join(folder, "main.mts");
  writeFileSync(script, `import { leave } from ${JSON.stringify(leave)};\n${program}`);
  const child = fork(script, { execArgv: ["--import", import.meta.resolve("tsx")] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return once(child, "exit");
}

it("ends the process with its status while a file that never answers is read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leave-"));
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const program = `import { readFile } from "node:fs";
readFile(${JSON.stringify(pipe)}, () => {});
void leave(7, ${ports});
`;
  expect(await endOf(folder, program)).toEqual([7, null]);
});

it("ends the process with its status while the address of a broker is looked for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leave-"));
  const pipe = join(folder, "aliases");
  execFileSync("mkfifo", [pipe]);
  // The C library looks into this file for a name without a dot, and nobody ever writes to it (resolv.conf(5), HOSTALIASES).
  const program = `import { lookup } from "node:dns";
process.env.HOSTALIASES = ${JSON.stringify(pipe)};
lookup("no-such-broker", () => {});
setTimeout(() => void leave(7, ${ports}), 100);
`;
  expect(await endOf(folder, program)).toEqual([7, null]);
});

it("ends the process with its status while a call of the C library does not end", async () => {
  const program = `import { countedCall, loadCLibrary } from ${JSON.stringify(native)};
const library = await loadCLibrary(${ports}, "");
const sleep = library.func("unsigned int sleep(unsigned int seconds)");
void countedCall(new Promise((resolve) => sleep.async(600, resolve)));
setTimeout(() => void leave(7, ${ports}), 100);
`;
  expect(await endOf(mkdtempSync(join(tmpdir(), "leave-")), program)).toEqual([7, null]);
});
