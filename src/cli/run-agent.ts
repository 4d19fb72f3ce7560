import { simulatedBackend } from "../hardware.ts";
import { namedFile } from "./named-file.ts";
import { configurationWrong, type Outcome } from "./outcome.ts";
import { read } from "./read.ts";
import type { RunOptions } from "./run-options.ts";

/** The options of `run`. */
export interface RunCommandOptions extends RunOptions {
  readonly config?: string;
  readonly backend?: string;
  readonly simulate?: boolean;
}

/** What `run` does: reads the configuration, tells what is wrong with it, and starts the agent or a scenario. */
export async function runAgent(file: string | undefined, options: RunCommandOptions): Promise<Outcome> {
  const isSimulated = options.simulate || options.scenario !== undefined;
  const backend = isSimulated ? simulatedBackend : options.backend;
  const { config } = await read(namedFile(file, options.config), backend);
  if (config === undefined) return { exitCode: configurationWrong };
  // The agent is loaded for this command alone: the others answer sooner without it.
  const { runConfig } = await import("./run-config.ts");
  return runConfig(config, options);
}
