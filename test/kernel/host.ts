import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What the lab's scripts exit with where they cannot run; the last line on standard error says why. */
const cannotRunHere = 77;

const root = fileURLToPath(new URL("../..", import.meta.url));
const boot = fileURLToPath(new URL("lab/boot.sh", import.meta.url));

/** Ends this process with a sentence that says why its tests cannot run here. */
export function skip(sentence: string): never {
  console.log(`Skipped: ${sentence}.`);
  process.exit(process.env["TEST_EVERYTHING"] === "1" ? 1 : 0);
}

/** Skips unless this machine is one of those for which the lab's kernel can be built. */
export function needsLinuxOnPc(): void {
  if (process.platform !== "linux" || process.arch !== "x64")
    skip(`the kernel lab needs Linux on x86_64; this is ${process.platform} on ${process.arch}`);
}

/**
 * Runs vitest in the kernel lab, with the configuration of one folder of tests and the words of this process's command line. The
 * environment is that of lab/boot.sh, which says what its variables mean. Ends this process with the status of the tests.
 */
export async function runTestsInLab(folder: string, environment: NodeJS.ProcessEnv): Promise<never> {
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", `${folder}/vitest.config.ts`];
  const child = spawn(boot, [process.execPath, ...vitest, ...process.argv.slice(2)], {
    cwd: root,
    env: { LAB_BOARD: "pi-4", LAB_TIME_LIMIT: "1800", ...process.env, ...environment },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let lastComplaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastComplaint = text.trim().split("\n").at(-1) || lastComplaint;
    process.stderr.write(text);
  });
  const [status] = (await once(child, "close")) as [number | null];
  if (status === cannotRunHere) skip(lastComplaint);
  process.exit(status ?? 1);
}
