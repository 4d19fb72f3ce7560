import { hostname } from "node:os";
import { Option } from "commander";
import { type ReadConfig, type ReadOutputs, readConfig, readOutputs } from "./config/read.ts";
import { type Board, readBoard } from "./core/board.ts";
import { type Firmware, readFirmware } from "./core/firmware.ts";
import { kinds } from "./devices/index.ts";
import { backends } from "./gpio/index.ts";
import { machineFiles } from "./runtime/files.ts";

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

/** Reads the configuration and the machine, and tells on standard error what is wrong. */
export async function read(
  file: string | undefined,
  backend: string | undefined,
): Promise<ReadConfig & { readonly board: Board; readonly firmware: Firmware }> {
  const board = await readBoard(machineFiles);
  const firmware = await readFirmware(machineFiles, board.chip);
  return { ...tell(readConfig(file, known(backend, firmware))), board, firmware };
}

/** As {@link read}, but of the outputs alone: whatever is wrong with the broker does not matter, and is not told. */
export async function readForRest(file: string | undefined, backend: string | undefined): Promise<ReadOutputs> {
  const { chip } = await readBoard(machineFiles);
  return tell(readOutputs(file, known(backend, await readFirmware(machineFiles, chip))));
}

function known(backend: string | undefined, firmware: Firmware) {
  return { kinds, backends, backend, firmware, hostname: hostname(), environment: process.env };
}

function tell<Answer extends Pick<ReadConfig, "problems" | "warnings">>(answer: Answer): Answer {
  for (const problem of answer.problems) console.error(problem);
  for (const warning of answer.warnings) console.warn(`${warning} (a warning)`);
  return answer;
}

/** "1 device", "2 devices". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
