/**
 * npm run test:service: boots the kernel lab with systemd as its first process, installs the packed package there with the real
 * install.sh, and tries the service: started, killed, hanging, wrongly configured, upgraded, uninstalled. The guest has no network,
 * so npm's cache is filled here before. Words after `--` go to vitest.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTwice } from "./packages.ts";

/** What the lab's scripts exit with where they cannot run; the last line on standard error says why. */
const cannotRunHere = 77;

const root = fileURLToPath(new URL("../..", import.meta.url));
const boot = fileURLToPath(new URL("../kernel/lab/boot.sh", import.meta.url));
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/service/vitest.config.ts"];

function skip(sentence: string): never {
  console.log(`Skipped: ${sentence}.`);
  process.exit(process.env["TEST_EVERYTHING"] === "1" ? 1 : 0);
}

if (process.platform !== "linux" || process.arch !== "x64")
  skip(`the kernel lab needs Linux on x86_64; this is ${process.platform} on ${process.arch}`);
if (!existsSync("/lib/systemd/systemd") || !existsSync("/lib/systemd/systemd-udevd"))
  skip('the guest needs the systemd and udev of this machine; "sudo apt install systemd udev" gets them');

const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-service-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const { first, second } = packTwice(root, folder);
const { stdout: cache } = spawnSync("npm", ["config", "get", "cache"], { encoding: "utf8" });

const child = spawn(boot, [process.execPath, ...vitest, ...process.argv.slice(2)], {
  cwd: root,
  env: {
    LAB_INIT: "systemd",
    LAB_BOARD: "pi-4",
    LAB_MEMORY: "2G",
    LAB_TIME_LIMIT: "1800",
    LAB_PASS: "npm_config_cache npm_config_offline npm_config_ignore_scripts",
    ...process.env,
    TEST_PACKAGE: first,
    TEST_NEXT_PACKAGE: second,
    npm_config_cache: cache.trim(),
    npm_config_offline: "true",
    // Compiling in the guest would take minutes.
    npm_config_ignore_scripts: "true",
  },
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
