import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Packs this checkout, which is built, and installs the package for production into an empty folder, without its native add-ons.
 * The program's file. Throws when npm fails.
 */
export function installedProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-installed-"));
  npm(root, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), "{}");
  npm(home, "install", "--omit=dev", "--omit=optional", "--no-audit", "--no-fund", join(folder, archive));
  return join(home, "node_modules", "pi2mqtt", "dist", "main.js");
}

function npm(cwd: string, ...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync("npm", words, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${words.join(" ")}: ${error?.message ?? stderr}`);
}
