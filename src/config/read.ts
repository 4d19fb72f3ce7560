import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { errorCode, explain, UserError } from "../core/errors.ts";
import { readUserFile, readUserText, reasonOf } from "../yaml/user-file.ts";
import { dotEnvWarnings } from "./beside/dot-env.ts";
import { type Environment, readDotEnv, readEnvironment } from "./beside/environment.ts";
import { exposedDotEnv, exposedSecrets } from "./beside/exposed-secrets.ts";
import { type PemFiles, readPemFiles } from "./beside/pem-files.ts";
import { unreadVariables } from "./beside/variable-names.ts";
import { type Config, checkConfig, type Known } from "./check.ts";
import { mayHaveRules, namedKinds } from "./named-kinds.ts";

/** Where the file is looked for if none was named: in the current folder, and where scripts/install.sh puts it. */
const usualFiles = ["devices.yaml", "/etc/pi2mqtt/devices.yaml"];

/** The result of reading the file: a configuration with its PEM files, or the lines that say what is wrong. */
export interface ReadConfig {
  readonly fileName: string;
  readonly config: (Config & { readonly pem: PemFiles }) | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** The result of reading the file when only its outputs count. */
export interface ReadOutputs extends Pick<ReadConfig, "fileName" | "problems" | "warnings"> {
  readonly config: Pick<Config, "devices" | "gpio"> | undefined;
}

type Outside = Omit<Known, "environment" | "outputsOnly"> & { readonly environment: NodeJS.ProcessEnv };

/** What must be loaded before a devices.yaml can be checked. */
export interface Needed {
  /** The kinds that it may mean. */
  readonly kinds: readonly string[];
  readonly mayHaveRules: boolean;
}

/**
 * What must be loaded for a devices.yaml, by its text; see {@link namedKinds} for `isThorough`. Nothing if the file cannot be read; {@link
 * readConfig} reports that.
 */
export function neededBy(wantedFile: string | undefined, kindNames: readonly string[], isThorough: boolean): Needed {
  try {
    const text = readUserText(wantedFile ?? usualFile() ?? "");
    return { kinds: namedKinds(text, kindNames, isThorough), mayHaveRules: mayHaveRules(text) };
  } catch {
    return { kinds: [], mayHaveRules: false };
  }
}

/** Finds, reads and checks devices.yaml, with `.env` and the PEM files beside it. Never throws for a user's mistake. */
export function readConfig(wantedFile: string | undefined, known: Outside): ReadConfig {
  return readFile(wantedFile, (bytes, { file, fileName, folder }) => {
    const environment = readEnvironment(folder, known.environment);
    const { config, broker, ...checked } = checkConfig(fileName, bytes, { ...known, environment });
    const security = broker && readPemFiles(broker, folder);
    const problems = [...checked.problems, ...(security?.problems ?? [])];
    const dotEnv = join(folder, ".env");
    const text = new TextDecoder().decode(bytes);
    const ours = readDotEnv(dotEnv);
    const isUsed = (name: string) => text.includes(`\${${name}}`);
    return {
      fileName,
      config: config && security && problems.length === 0 ? { ...config, pem: security.pem } : undefined,
      problems,
      warnings: [
        ...checked.warnings,
        ...(security?.warnings ?? []),
        ...exposedSecrets(file, bytes),
        ...exposedDotEnv(dotEnv),
        ...dotEnvWarnings(dotEnv, isUsed),
        ...(broker === undefined ? [] : unreadVariables(broker, environment, (name) => isUsed(name) || name in ours)),
      ],
    };
  });
}

/**
 * As {@link readConfig}, but for the sections devices and gpio alone. A mistake in another section, a PEM file, an unreadable `.env` or a
 * missing credential does not keep outputs from being brought to rest.
 */
export function readOutputs(wantedFile: string | undefined, known: Outside): ReadOutputs {
  return readFile(wantedFile, (bytes, { fileName, folder }) => {
    const environment = readableEnvironment(folder, known.environment);
    return { ...checkConfig(fileName, bytes, { ...known, environment, outputsOnly: true }), fileName };
  });
}

function readableEnvironment(folder: string, outside: NodeJS.ProcessEnv): Environment {
  try {
    return readEnvironment(folder, outside);
  } catch (error) {
    if (error instanceof UserError) return outside;
    throw error;
  }
}

/** A file by its whole name and by its last part, and its folder. */
interface Found {
  readonly file: string;
  readonly fileName: string;
  readonly folder: string;
}

function readFile<Answer>(wantedFile: string | undefined, check: (bytes: Uint8Array, found: Found) => Answer) {
  const file = wantedFile ?? usualFile();
  if (file === undefined)
    return unreadable(
      `there is no ${usualFiles.join(" and no ")}; write one, also with "pi2mqtt init", or name it with --config FILE`,
    );
  const fileName = basename(file);
  try {
    return check(readUserFile(file), { file, fileName, folder: dirname(resolve(file)) });
  } catch (error) {
    if (error instanceof UserError) return unreadable(explain(error), fileName);
    if (errorCode(error) === "") throw error;
    return unreadable(`${file} cannot be read: ${reasonOf(error)}`, fileName);
  }
}

function usualFile(): string | undefined {
  return usualFiles.find((usual) => existsSync(usual));
}

function unreadable(problem: string, fileName = "devices.yaml") {
  return { fileName, config: undefined, problems: [problem], warnings: [] };
}
