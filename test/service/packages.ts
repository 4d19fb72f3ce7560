import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The version of the second package: what an upgrade brings. */
export const nextVersion = "99.0.0";

/**
 * Packs this checkout as npm would publish it, and unpacks it twice below `folder`: as it is, and as if it were the next version.
 * Fetches the packages that it needs into npm's cache, so that it can be installed without a network. Throws when npm fails.
 */
export function packTwice(root: string, folder: string): { readonly first: string; readonly second: string } {
  run(root, "npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  run(folder, "tar", "-xzf", archive);
  const first = join(folder, "package");
  const second = join(folder, "next");
  cpSync(first, second, { recursive: true });
  const file = join(second, "package.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), version: nextVersion }));
  const trial = join(folder, "trial");
  mkdirSync(trial);
  cpSync(join(first, "package.json"), join(trial, "package.json"));
  run(trial, "npm", "install", "--omit=dev", "--ignore-scripts", "--silent", "--no-audit", "--no-fund");
  return { first, second };
}

function run(cwd: string, program: string, ...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${error?.message ?? stderr}`);
}
