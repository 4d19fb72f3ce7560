import { simulatedBackend } from "../../hardware.ts";
import { configurationArgument, configurationOption, namedFile } from "../configuration-argument.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { read } from "../read.ts";
import { type RunOptions, speedOf } from "../run-options.ts";

interface RunCommandOptions extends RunOptions {
  readonly config?: string;
  readonly backend?: string;
  readonly simulate?: boolean;
}

/** `run`: runs the agent until it is stopped, or through a scenario. */
export const addRunCommand: AddCommand = (program, finish) => {
  program
    .command("run")
    .description("run the agent until it is stopped")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .option("--simulate", "pretend the hardware: no pin moves and every reading is made up")
    .option("--debug", "log each command, state and reading")
    .option("--scenario <file>", "simulate, and let what the file says happen to the pretended hardware")
    .option("--virtual", "with --scenario: in no time and without a broker; the exit status says how it went")
    .option("--speed <factor>", "with --scenario: so many times faster", speedOf)
    .action(async (file: string | undefined, options: RunCommandOptions) => {
      const isSimulated = options.simulate || options.scenario !== undefined;
      const backend = isSimulated ? simulatedBackend : options.backend;
      const { config } = await read(namedFile(file, options.config), backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      // The agent is loaded for this command alone: the others answer sooner without it.
      const { runConfig } = await import("../run-config.ts");
      finish(await runConfig(config, options));
    });
};
