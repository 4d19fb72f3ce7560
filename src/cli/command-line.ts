import type { Outcome } from "./outcome.ts";
import { type RunCommandOptions, runAgent } from "./run-agent.ts";

/**
 * Carries out a command line, given without the program's own name. Rejects with a UserError for a user's mistake. An agent runs for years:
 * for its usual command line the other commands are not loaded, nor the package that reads command lines.
 */
export async function commandLine(words: readonly string[]): Promise<Outcome> {
  const usual = usualRun(words);
  if (usual !== undefined) return runAgent(undefined, usual);
  const { anyCommandLine } = await import("./program.ts");
  return anyCommandLine(words);
}

/** The options of `run [--simulate] [--debug] [--config FILE]`. Undefined for any other command line. */
export function usualRun([command, ...words]: readonly string[]): RunCommandOptions | undefined {
  if (command !== "run") return undefined;
  let options: RunCommandOptions = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === "--simulate") options = { ...options, simulate: true };
    else if (word === "--debug") options = { ...options, debug: true };
    else {
      const file = word === "--config" ? words[index + 1] : undefined;
      if (file === undefined || file.startsWith("-") || options.config !== undefined) return undefined;
      options = { ...options, config: file };
      index += 1;
    }
  }
  return options;
}
