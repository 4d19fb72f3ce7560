import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { configurationOption, configurationWrong, type Outcome, read, readForRest } from "./cli-read.ts";
import { didYouMean } from "./config/suggest.ts";
import { systemClock } from "./core/clock.ts";
import { UserError } from "./core/errors.ts";
import { silentLog } from "./core/log.ts";
import { explainDevices } from "./explain.ts";
import { prepareHardware } from "./hardware.ts";
import { createLog } from "./log/pino.ts";
import { machineFiles } from "./runtime/files.ts";
import { driveToRest } from "./safe-state.ts";
import { isJournal } from "./service/journal.ts";
import { headerDrawing, wantsColour } from "./wiring/header-drawing.ts";
import { wiringPicture } from "./wiring/picture.ts";
import { seenLines } from "./wiring/seen-lines.ts";

/** Adds the commands for the machine and how the devices are wired to it; only `safe-state` claims and moves pins. */
export function hardwareCommands(program: Command, finish: (outcome: Outcome) => void): void {
  program
    .command("explain")
    .description("tell which way the pins of each device take, and why")
    .argument("[device]", "the id of one device")
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(async (id: string | undefined, options: { config?: string; backend?: string }) => {
      const { config, board } = await read(options.config, options.backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const devices = config.devices.filter((device) => id === undefined || device.id === id);
      if (devices.length === 0) {
        const ids = config.devices.map((device) => device.id);
        throw new UserError(
          `there is no device "${id}"${didYouMean(id ?? "", ids) || `; there are ${ids.join(", ")}`}`,
        );
      }
      const hardware = prepareHardware(config, silentLog);
      process.stdout.write(await explainDevices(devices, board, hardware.pins));
      await hardware.stop();
    });

  program
    .command("safe-state")
    .description("drive each output to its on_exit level, as systemd does after a crash")
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(async (options: { config?: string; backend?: string }) => {
      const { config } = await readForRest(options.config, options.backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const terminal = process.stdout.isTTY ?? false;
      const log = await createLog({ level: "info", terminal, journal: isJournal(1, process.env) });
      const hardware = prepareHardware(config, silentLog);
      const isAtRest = await driveToRest(config.devices, { pins: hardware.pins, clock: systemClock, log });
      await hardware.stop();
      await log.drained();
      finish({ exitCode: isAtRest ? 0 : 1 });
    });

  program
    .command("pins")
    .description("draw the header with each device at its place")
    .addOption(configurationOption())
    .option("--svg <file>", "write a picture of the wiring instead")
    .action(async (options: { config?: string; svg?: string }) => {
      const { config, firmware } = await read(options.config, undefined);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const { buses } = firmware;
      if (options.svg !== undefined) {
        await writeFile(options.svg, wiringPicture(config.devices, buses, config.agent.id));
        return;
      }
      const seen = await seenLines(machineFiles, config.gpio.chip);
      const colour = wantsColour(process.stdout, process.env);
      process.stdout.write(headerDrawing(config.devices, buses, seen, colour));
    });
}
