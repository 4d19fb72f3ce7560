import { writeFile } from "node:fs/promises";
import { errorCode, UserError } from "../../core/errors.ts";
import { machineFiles } from "../../runtime/machine/files.ts";
import { wiringPicture } from "../../wiring/picture/picture.ts";
import { seenLines } from "../../wiring/pins/seen-lines.ts";
import { headerDrawing, wantsColour } from "../../wiring/terminal/header-drawing.ts";
import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import { namedFile } from "../named-file.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { print } from "../output.ts";
import { read } from "../read.ts";

/** `pins`: draws the header with the devices, on the terminal or as a picture. It claims no pin. */
export const addPinsCommand: AddCommand = (program, finish) => {
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
        return writePicture(options.svg, wiringPicture(config.devices, interfaces, config.agent.id, config.gpio.chips));
      }
      const seen = await seenLines(machineFiles, config.gpio.chip, config.gpio.chips);
      const colour = wantsColour(process.stdout, process.env);
      await print(headerDrawing(config.devices, interfaces, seen, colour, config.gpio.chips), colour);
    });
};

async function writePicture(file: string, picture: string): Promise<void> {
  try {
    await writeFile(file, picture);
  } catch (cause) {
    throw new UserError(`"${file}" cannot be written (${errorCode(cause)})`, { hint: "name another file", cause });
  }
}
