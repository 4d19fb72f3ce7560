import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { errorCode, explain, UserError } from "../core/errors.ts";
import { readEnvironment } from "./environment.ts";
import { exposedDotEnv } from "./exposed.ts";
import { type Config, checkConfig, type Known } from "./load.ts";
import { type PemFiles, readSecurity } from "./security.ts";

/** Where the file is looked for when nobody named one: here, and where scripts/install.sh puts it. */
const usualFiles = ["devices.yaml", "/etc/pi2mqtt/devices.yaml"];

/** What became of the file: a configuration with its PEM files, or the lines that say what is wrong. */
export interface ReadConfig {
  readonly fileName: string;
  readonly config: (Config & { readonly pem: PemFiles }) | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Finds, reads and checks devices.yaml, with `.env` and the PEM files beside it. Never throws for a user's mistake. */
export function readConfig(
  wantedFile: string | undefined,
  known: Omit<Known, "environment"> & { readonly environment: NodeJS.ProcessEnv },
): ReadConfig {
  const file = wantedFile ?? usualFiles.find((usual) => existsSync(usual));
  if (file === undefined)
    return unreadable(`there is no ${usualFiles.join(" and no ")}; write one, or name it with --config FILE`);
  const fileName = basename(file);
  try {
    const folder = dirname(resolve(file));
    const bytes = readFileSync(file);
    const checked = checkConfig(fileName, bytes, { ...known, environment: readEnvironment(folder, known.environment) });
    if (checked.config === undefined) return { ...checked, fileName, config: undefined };
    const { pem, problems, warnings } = readSecurity(checked.config.broker, folder);
    return {
      fileName,
      config: problems.length > 0 ? undefined : { ...checked.config, pem },
      problems,
      warnings: [...checked.warnings, ...warnings, ...exposedDotEnv(join(folder, ".env"))],
    };
  } catch (error) {
    if (error instanceof UserError) return unreadable(explain(error), fileName);
    if (errorCode(error) === "") throw error;
    const reason = errorCode(error) === "ENOENT" ? "there is no such file" : errorCode(error);
    return unreadable(`${file} cannot be read: ${reason}`, fileName);
  }
}

function unreadable(problem: string, fileName = "devices.yaml"): ReadConfig {
  return { fileName, config: undefined, problems: [problem], warnings: [] };
}
