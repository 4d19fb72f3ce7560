import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

it("ends the process with its status while a file that never answers is read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leave-"));
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const leave = fileURLToPath(new URL("../../src/service/leave.ts", import.meta.url));
  const script = join(folder, "main.mts");
  const koffi = import.meta.resolve("koffi");
  writeFileSync(
    script,
    `import { readFile } from "node:fs";
import { leave } from ${JSON.stringify(leave)};
readFile(${JSON.stringify(pipe)}, () => {});
void leave(7, { machine: "x86_64", load: () => import(${JSON.stringify(koffi)}) });
`,
  );
  const child = fork(script, { execArgv: ["--import", import.meta.resolve("tsx")] });
  onTestFinished(() => void child.kill("SIGKILL"));
  expect(await once(child, "exit")).toEqual([7, null]);
});
