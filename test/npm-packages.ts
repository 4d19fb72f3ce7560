import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** npm takes half a minute with a good network. */
const npmLimitMs = 600_000;

/**
 * A folder that has in its node_modules what test/`suite`/package.json says, called `what` in sentences. Kept in the user's cache
 * and made anew when that file changes; `missing` is why npm could not make it.
 */
export async function npmPackages(
  suite: string,
  what: string,
): Promise<{ folder: string; missing?: never } | { missing: string }> {
  const packageFile = fileURLToPath(new URL(`${suite}/package.json`, import.meta.url));
  const key = createHash("sha256").update(readFileSync(packageFile)).digest("hex").slice(0, 12);
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "pi2mqtt", suite);
  const folder = join(cache, key);
  if (existsSync(folder)) return { folder };

  console.log(`Installing ${what} into ${folder}, which takes half a minute, once.`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  try {
    cpSync(packageFile, join(unfinished, "package.json"));
    const complaint = await npmInstall(unfinished);
    if (complaint !== undefined) return { missing: `npm cannot fetch ${what} (${complaint})` };
    // Another run may have finished first; its folder is as good.
    if (!existsSync(folder)) renameSync(unfinished, folder);
    return { folder };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** What npm complained of, or undefined when all is there. */
async function npmInstall(folder: string): Promise<string | undefined> {
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  // Without a network npm would try for five minutes; where everything must run, that is better than giving up.
  const isPatient = process.env["TEST_EVERYTHING"] === "1";
  const words = ["install", ...quietly, ...(isPatient ? [] : ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"])];
  const child = spawn("npm", words, {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: npmLimitMs,
    // npm is a .cmd file there, which only a shell runs.
    shell: process.platform === "win32",
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  child.once("error", ({ message }) => {
    complaint = message;
  });
  const [status] = (await once(child, "close").catch(() => [null])) as [number | null];
  if (status === 0) return undefined;
  return /^npm error code (.+)$/m.exec(complaint)?.[1] ?? (complaint.split("\n")[0] || "it took too long");
}
