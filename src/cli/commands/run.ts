import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import type { AddCommand } from "../outcome.ts";
import { type RunCommandOptions, runAgent } from "../run-agent.ts";
import { speedOf } from "../run-options.ts";

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
    .action(async (file: string | undefined, options: RunCommandOptions) => finish(await runAgent(file, options)));
};
