import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInLab } from "./lab.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** The two arm64 systems: with python3, make and g++, or without. */
export type System = "compiler" | "plain";

/** What `npm install` of the package took, when its dependencies were last installed anew. */
export interface Measured {
  readonly seconds: number;
  /** The seconds that the install scripts of one package took, all of them together. */
  readonly scriptSeconds: Readonly<Record<string, number>>;
  /** The size on disk of each folder in node_modules, in MB with one decimal. */
  readonly megabytes: Readonly<Record<string, number>>;
}

/** The package as npm installed it in an arm64 system. */
export interface Installation {
  /** A folder of this machine; `node_modules/.bin/pi2mqtt` in it is the program, for arm64. */
  readonly folder: string;
  readonly measured: Measured;
}

/** What the package says about itself. */
export const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
};

/**
 * Packs what was built and installs the tarball in an empty folder of that system, as a user does. Compiling takes minutes in
 * emulation, so dependencies that were installed before are kept, and only the package itself is put in anew.
 */
export async function install(system: System): Promise<Installation> {
  const cache = await runInLab("arm64-root.sh", []);
  const dependencies = JSON.stringify([manifest.dependencies, manifest.optionalDependencies]);
  const folder = join(cache, "installed", system, createHash("sha256").update(dependencies).digest("hex").slice(0, 16));
  if (existsSync(folder)) unpackInto(folder);
  else await installInto(folder, system);
  return { folder, measured: JSON.parse(readFileSync(join(folder, "measured.json"), "utf8")) as Measured };
}

function pack(folder: string): string {
  const words = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  return execFileSync("npm", words, { cwd: checkout, encoding: "utf8" }).trim();
}

function unpackInto(folder: string): void {
  const tarball = join(folder, pack(folder));
  const place = join(folder, "node_modules", "pi2mqtt");
  rmSync(place, { recursive: true });
  mkdirSync(place);
  execFileSync("tar", ["-xzf", tarball, "-C", place, "--strip-components=1"]);
  execFileSync("chmod", ["755", join(place, "dist", "main.js")]);
}

async function installInto(folder: string, system: System): Promise<void> {
  rmSync(join(folder, ".."), { recursive: true, force: true });
  const unfinished = `${folder}.unfinished`;
  mkdirSync(join(unfinished, "logs"), { recursive: true });
  // Without one, npm would look for a project in the folders above.
  writeFileSync(join(unfinished, "package.json"), '{ "private": true }\n');
  // npm tells its timings to the terminal as well, where nobody wants them.
  const npm = `npm install --timing --logs-dir=logs ./${pack(unfinished)} >logs/output 2>&1`;
  const words = ["sh", "-c", `${npm} || { grep -v "^npm timing" logs/output; exit 1; }`];
  const start = performance.now();
  await runInLab("in-arm64.sh", [system, unfinished, ...words]);
  const seconds = Math.round((performance.now() - start) / 1000);
  const scriptSeconds = secondsOfScripts(join(unfinished, "logs"));
  const megabytes = sizes(join(unfinished, "node_modules"));
  const measured: Measured = { seconds, scriptSeconds, megabytes };
  writeFileSync(join(unfinished, "measured.json"), `${JSON.stringify(measured)}\n`);
  renameSync(unfinished, folder);
}

/** npm notes the milliseconds of each script as "build:run:postinstall:node_modules/epoll". */
function secondsOfScripts(logs: string): Record<string, number> {
  const file = readdirSync(logs).find((name) => name.endsWith("-timing.json")) ?? "";
  const { timers } = JSON.parse(readFileSync(join(logs, file), "utf8")) as { timers: Record<string, number> };
  const seconds: Record<string, number> = {};
  for (const [name, ms] of Object.entries(timers)) {
    const packageName = /^build:run:\w+:.*node_modules\/(.+)$/.exec(name)?.[1];
    if (packageName !== undefined) seconds[packageName] = Math.round((seconds[packageName] ?? 0) + ms / 1000);
  }
  return seconds;
}

function sizes(nodeModules: string): Record<string, number> {
  const folders = readdirSync(nodeModules).filter((name) => !name.startsWith("."));
  const lines = execFileSync("du", ["-sk", ...folders], { cwd: nodeModules, encoding: "utf8" }).trim();
  return Object.fromEntries(
    lines.split("\n").map((line) => {
      const [kilobytes, name] = line.split("\t");
      return [name, Math.round(Number(kilobytes) / 102.4) / 10];
    }),
  );
}
