import { isId } from "../../config/schema/config-schemas.ts";
import { UserError } from "../../core/errors.ts";
import { silentLog } from "../../core/log/log.ts";
import { prepareHardware } from "../../hardware.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import { explainDevices } from "../explain-devices.ts";
import { namedFile } from "../named-file.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { print } from "../output.ts";
import { read } from "../read.ts";

/** `explain`: tells through which backend each pin of each device is reached, and why. It claims no pin. */
export const addExplainCommand: AddCommand = (program, finish) => {
  program
    .command("explain")
    .description("tell which way the pins of each device take, and why")
    .argument("[device]", "the id of one device, or the configuration")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .action(
      async (device: string | undefined, file: string | undefined, options: { config?: string; backend?: string }) => {
        // The first argument may be an id or a file. No id has a dot or a slash.
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
        const hardware = await prepareHardware(config, silentLog);
        const explained = await explainDevices(devices, board, hardware.pins, config.gpio.chips);
        await hardware.stop();
        await print(explained);
      },
    );
};
