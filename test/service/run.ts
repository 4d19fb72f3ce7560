/**
 * npm run test:service: boots the kernel lab with systemd as its first process, installs the packed package there with the real
 * install.sh, and tries the service: started, killed, hanging, wrongly configured, upgraded, uninstalled, and after a reboot. The guest
 * has no network, so npm's cache is filled here before. Words after `--` go to vitest.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needsLinuxOnPc, runTestsInLab, skip } from "../kernel/host.ts";
import { packTwice } from "./packages.ts";

needsLinuxOnPc();
if (!existsSync("/lib/systemd/systemd") || !existsSync("/lib/systemd/systemd-udevd"))
  skip('the guest needs the systemd and udev of this machine; "sudo apt install systemd udev" gets them');

const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-service-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const { first, second } = packTwice(fileURLToPath(new URL("../..", import.meta.url)), folder);
const { stdout: cache } = spawnSync("npm", ["config", "get", "cache"], { encoding: "utf8" });

await runTestsInLab("test/service", {
  LAB_INIT: "systemd",
  LAB_BOOTS: "2",
  LAB_MEMORY: "2G",
  LAB_PASS: "npm_config_cache npm_config_offline npm_config_ignore_scripts",
  TEST_PACKAGE: first,
  TEST_NEXT_PACKAGE: second,
  npm_config_cache: cache.trim(),
  npm_config_offline: "true",
  // Compiling in the guest would take minutes.
  npm_config_ignore_scripts: "true",
});
