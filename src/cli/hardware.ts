import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { isId } from "../config/schema/config-schemas.ts";
import { errorCode, UserError } from "../core/errors.ts";
import { silentLog } from "../core/log/log.ts";
import { systemClock } from "../core/time/clock.ts";
import { prepareHardware } from "../hardware.ts";
import { createLog } from "../log/pino.ts";
import { machineFiles } from "../runtime/machine/files.ts";
import { driveToRest } from "../safe-state.ts";
import { isJournal } from "../service/journal.ts";
import { wiringPicture } from "../wiring/picture/picture.ts";
import { seenLines } from "../wiring/pins/seen-lines.ts";
import { headerDrawing, wantsColour } from "../wiring/terminal/header-drawing.ts";
import { didYouMean } from "../yaml/suggest.ts";
import { explainDevices } from "./explain-devices.ts";
import { print } from "./output.ts";
import {
  configurationArgument,
  configurationOption,
  configurationWrong,
  namedFile,
  type Outcome,
  read,
  readForRest,
} from "./read.ts";

interface HardwareOptions {
  readonly config?: string;
  readonly backend?: string;
}

/** Adds the commands for the machine and how the devices are wired to it; only `safe-state` claims and moves pins. */
export function hardwareCommands(program: Command, finish: (outcome: Outcome) => void): void {
  program
    .command("explain")
    .description("tell which way the pins of each device take, and why")
    .argument("[device]", "the id of one device, or the configuration")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(async (device: string | undefined, file: string | undefined, options: HardwareOptions) => {
      // No id has a dot or a slash.
      const id = device === undefined || isId(device) ? device : undefined;
      const { config, board } = await read(namedFile(id === device ? file : device, options.config), options.backend);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const devices = config.devices.filter((one) => id === undefined || one.id === id);
      if (devices.length === 0) {
        const ids = config.devices.map((one) => one.id);
        throw new UserError(
          `there is no device "${id}"${didYouMean(id ?? "", ids) || `; there are ${ids.join(", ")}`}`,
        );
      }
      const hardware = prepareHardware(config, silentLog);
      const explained = await explainDevices(devices, board, hardware.pins);
      await hardware.stop();
      await print(explained);
    });

  program
    .command("safe-state")
    .description("drive each output to its on_exit level, as systemd does after a crash")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(async (file: string | undefined, options: HardwareOptions) => {
      const { config } = await readForRest(namedFile(file, options.config), options.backend);
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
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--svg <file>", "write a picture of the wiring instead")
    .action(async (file: string | undefined, options: { config?: string; svg?: string }) => {
      const { config, firmware } = await read(namedFile(file, options.config), undefined);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const { interfaces } = firmware;
      if (options.svg !== undefined) {
        return writePicture(options.svg, wiringPicture(config.devices, interfaces, config.agent.id));
      }
      const seen = await seenLines(machineFiles, config.gpio.chip);
      const colour = wantsColour(process.stdout, process.env);
      await print(headerDrawing(config.devices, interfaces, seen, colour), colour);
    });
}

async function writePicture(file: string, picture: string): Promise<void> {
  try {
    await writeFile(file, picture);
  } catch (cause) {
    throw new UserError(`"${file}" cannot be written (${errorCode(cause)})`, { hint: "name another file", cause });
  }
}
