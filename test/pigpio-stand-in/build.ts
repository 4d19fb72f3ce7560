import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const packages = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const buildTimeoutMs = 300_000;

/** The package pigpio and what its build needs. */
const needed = ["pigpio", "nan", "bindings", "file-uri-to-path"];

/** Why the package cannot be built on this machine, or undefined. */
export function whyNotBuilt(): string | undefined {
  if (process.platform !== "linux") return "pigpio's addon is for Linux only";
  const missing = needed.filter((name) => !existsSync(join(packages, name, "package.json")));
  if (missing.length > 0) return `the package ${missing[0]} is not installed; "npm install" installs it`;
  for (const tool of ["gcc", "g++", "make", "python3"]) {
    if (isThere(tool)) continue;
    return `${tool} is missing, which builds pigpio's addon; "sudo apt install python3 make g++" installs it`;
  }
  return undefined;
}

function isThere(tool: string): boolean {
  try {
    execFileSync(tool, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** What a process needs in order to load the package that was built, with the stand-in below it. */
export interface Built {
  /** The package's entry. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Compiles the stand-in and, in a copy, the npm package against it. Its binding.gyp looks for a program `pigpiod` and
 * builds nothing where there is none, so there is one for the time of the build.
 */
export function buildPigpio(folder: string): Built {
  const library = ["-shared", "-fPIC", "-O1", "-pthread", "-I", here, "-o", join(folder, "libpigpio.so")];
  execFileSync("gcc", [...library, join(here, "stand-in.c")], { stdio: "pipe", timeout: buildTimeoutMs });

  for (const name of needed) cpSync(join(packages, name), join(folder, "node_modules", name), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { pigpio: "*" } }));
  const programs = join(folder, "bin");
  mkdirSync(programs);
  writeFileSync(join(programs, "pigpiod"), "#!/bin/sh\n");
  chmodSync(join(programs, "pigpiod"), 0o755);
  execFileSync("npm", ["rebuild", "pigpio", "--foreground-scripts"], {
    cwd: folder,
    stdio: "pipe",
    timeout: buildTimeoutMs,
    env: {
      ...process.env,
      PATH: [programs, process.env["PATH"]].join(delimiter),
      CPATH: here,
      LIBRARY_PATH: folder,
    },
  });
  return {
    entry: join(folder, "node_modules/pigpio/pigpio.js"),
    environment: { LD_LIBRARY_PATH: folder, PIGPIO_STAND_IN: join(folder, "pins") },
  };
}
