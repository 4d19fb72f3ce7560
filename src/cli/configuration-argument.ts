import { Argument, Option } from "commander";

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
