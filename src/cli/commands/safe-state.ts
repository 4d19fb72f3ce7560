import { silentLog } from "../../core/log/log.ts";
import { systemClock } from "../../core/time/clock.ts";
import { prepareHardware } from "../../hardware.ts";
import { createLog } from "../../log/pino.ts";
import { driveToRest } from "../../safe-state.ts";
import { isJournal } from "../../service/journal.ts";
import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import { namedFile } from "../named-file.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { readForRest } from "../read.ts";

/** `safe-state`: drives each output to its `on_exit` level. systemd runs it after an agent that could not do so itself. */
export const addSafeStateCommand: AddCommand = (program, finish) => {
  program
    .command("safe-state")
    .description("drive each output to its on_exit level, as systemd does after a crash")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(async (file: string | undefined, options: { config?: string; backend?: string }) => {
      const { config } = await readForRest(namedFile(file, options.config), options.backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const terminal = process.stdout.isTTY ?? false;
      const log = await createLog({ level: "info", terminal, journal: isJournal(1, process.env) });
      const hardware = await prepareHardware(config, silentLog);
      const isAtRest = await driveToRest(config.devices, { pins: hardware.pins, clock: systemClock, log });
      await hardware.stop();
      await log.drained();
      finish({ exitCode: isAtRest ? 0 : 1 });
    });
};
