import { Argument, Option } from "commander";
import { UserError } from "../core/errors.ts";

/** The argument that names the configuration. */
export function configurationArgument(): Argument {
  return new Argument("[file]", "the configuration, as with --config");
}

/** The option that names the configuration. */
export function configurationOption(): Option {
  return new Option(
    "-c, --config <file>",
    "the configuration (default: ./devices.yaml, then /etc/pi2mqtt/devices.yaml)",
  );
}

/** The configuration that the argument or the option names; undefined where neither does. Throws a UserError where both do. */
export function namedFile(argument: string | undefined, option: string | undefined): string | undefined {
  if (argument !== undefined && option !== undefined)
    throw new UserError(`the configuration is named twice, "${argument}" and "${option}"`, { hint: "name it once" });
  return argument ?? option;
}
