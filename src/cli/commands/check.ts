import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import { namedFile } from "../named-file.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { counted, print } from "../output.ts";
import { read } from "../read.ts";

/** `check`: tells what is wrong with a configuration. It touches no pin. */
export const addCheckCommand: AddCommand = (program, finish) => {
  program
    .command("check")
    .description("check a configuration without touching a pin")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "check it for this way to the pins")
    .action(async (file: string | undefined, options: { config?: string; backend?: string }) => {
      const { config, fileName, warnings } = await read(namedFile(file, options.config), options.backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const warned = warnings.length === 0 ? "" : `, ${counted(warnings.length, "warning")}`;
      await print(`${fileName}: ${counted(config.devices.length, "device")}, no problems${warned}\n`);
    });
};
