import { hostname } from "node:os";
import { Argument, Option } from "commander";
import { kindsIn, type ReadConfig, type ReadOutputs, readConfig, readOutputs } from "../config/read.ts";
import { UserError } from "../core/errors.ts";
import { type Board, readBoard } from "../core/hardware/board.ts";
import { type Firmware, readFirmware } from "../core/hardware/firmware.ts";
import { backends } from "../gpio/index.ts";
import { kindNames, loadKinds } from "../kinds.ts";
import { machineFiles } from "../runtime/machine/files.ts";
import { tell } from "./output.ts";
import { sysfsBase } from "./sysfs-base.ts";

/** sysexits.h: the configuration is wrong. systemd does not start the agent again after it. */
export const configurationWrong = 78;

/** What the command line gives back: a status to end with, or an agent that goes on until it is stopped. */
export type Outcome =
  | { readonly exitCode: number }
  /**
   * `stop` resolves with whether every device is at rest. Where the agent may want to stop by itself, `ended` is the status with which
   * it then does.
   */
  | {
      readonly stop: () => Promise<boolean>;
      readonly ended?: Promise<number> | undefined;
      /** Says in the log that a signal changes nothing. */
      readonly ignored: (signal: string) => void;
    };

/** Names the configuration. */
export function configurationOption(): Option {
  return new Option(
    "-c, --config <file>",
    "the configuration (default: ./devices.yaml, then /etc/pi2mqtt/devices.yaml)",
  );
}

/** Names the configuration without an option. */
export function configurationArgument(): Argument {
  return new Argument("[file]", "the configuration, as with --config");
}

/** The configuration that was named by the argument or by the option; undefined where neither is there. */
export function namedFile(argument: string | undefined, option: string | undefined): string | undefined {
  if (argument !== undefined && option !== undefined)
    throw new UserError(`the configuration is named twice, "${argument}" and "${option}"`, { hint: "name it once" });
  return argument ?? option;
}

/** Reads the configuration and the machine, and tells on standard error what is wrong. */
export async function read(
  file: string | undefined,
  backend: string | undefined,
): Promise<ReadConfig & { readonly board: Board; readonly firmware: Firmware }> {
  const board = await readBoard(machineFiles);
  const firmware = await readFirmware(machineFiles, board.chip);
  return { ...tellAll(readConfig(file, await known(file, backend, firmware))), board, firmware };
}

/** As {@link read}, but of the outputs alone: whatever is wrong with the broker does not matter, and is not told. */
export async function readForRest(file: string | undefined, backend: string | undefined): Promise<ReadOutputs> {
  const { chip } = await readBoard(machineFiles);
  return tellAll(readOutputs(file, await known(file, backend, await readFirmware(machineFiles, chip))));
}

async function known(file: string | undefined, backend: string | undefined, firmware: Firmware) {
  const kinds = await loadKinds(kindsIn(file, kindNames));
  return {
    kindNames,
    kinds,
    backends,
    backend,
    firmware,
    sysfsBase,
    hostname: hostname(),
    environment: process.env,
  };
}

function tellAll<Answer extends Pick<ReadConfig, "problems" | "warnings">>(answer: Answer): Answer {
  tell(answer.problems, console.error, "problems");
  const warnings = answer.warnings.map((warning) => `${warning} (a warning)`);
  tell(warnings, console.warn, "warnings");
  return answer;
}

/** "1 device", "2 devices". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
