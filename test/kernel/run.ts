/**
 * npm run test:kernel: boots a Linux kernel with simulated GPIO chips and sensors as a program on this machine (lab/boot.sh), and
 * runs the tests of this folder in it. Builds the kernel first where it is not built yet. Words after `--` go to vitest.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What the lab's scripts exit with where they cannot run; the last line on standard error says why. */
const cannotRunHere = 77;

const root = fileURLToPath(new URL("../..", import.meta.url));
const boot = fileURLToPath(new URL("lab/boot.sh", import.meta.url));
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/kernel/vitest.config.ts"];

function skip(sentence: string): never {
  console.log(`Skipped: ${sentence}.`);
  process.exit(process.env["TEST_EVERYTHING"] === "1" ? 1 : 0);
}

if (process.platform !== "linux" || process.arch !== "x64")
  skip(`the kernel lab needs Linux on x86_64; this is ${process.platform} on ${process.arch}`);

const child = spawn(boot, [process.execPath, ...vitest, ...process.argv.slice(2)], {
  cwd: root,
  env: { LAB_BOARD: "pi-4", LAB_TIME_LIMIT: "1800", ...process.env },
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
