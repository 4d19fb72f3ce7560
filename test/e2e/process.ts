import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The program, built. */
export const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** What a program printed, and how it ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own with a devices.yaml, and other files beside it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-test-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The test's environment less whatever is meant for a broker. */
export function environmentWithoutBroker(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MQTT_")));
}

/** What a program has printed so far. */
export interface Printed {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** Collects what a program prints from now on. */
export function printedBy(child: ChildProcessByStdio<null, Readable, Readable>): Printed {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return { stdout: () => stdout, stderr: () => stderr };
}

/** How a program is started; the program is the built one and Node.js that of the tests, unless others are named. */
export interface Start {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly program?: string;
}

/** Starts the built program as its users do. The environment is the test's less whatever is meant for a broker. */
export function startProgram(
  words: readonly string[],
  { cwd, environment = {}, node = process.execPath, program = main }: Start = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(node, [program, ...words], {
    env: { ...environmentWithoutBroker(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  const printed = printedBy(child);
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (exitCode) => {
      // The machine that runs the tests may be called raspberrypi, of which the program warns.
      const stderr = printed.stderr().replace(/^agent\.id: .* \(a warning\)\n/gm, "");
      resolve({ exitCode, stdout: printed.stdout(), stderr });
    });
  });
  return { child, ended };
}
