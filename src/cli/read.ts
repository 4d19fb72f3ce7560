import { hostname } from "node:os";
import { neededBy, type ReadConfig, type ReadOutputs, readConfig, readOutputs } from "../config/read.ts";
import { type Board, readBoard } from "../core/hardware/board.ts";
import { type Firmware, readFirmware } from "../core/hardware/firmware.ts";
import { backends } from "../gpio/index.ts";
import { kindNames, loadKinds } from "../kinds.ts";
import { machineFiles } from "../runtime/machine/files.ts";
import { tell } from "./output.ts";
import { sysfsBase } from "./sysfs-base.ts";

/** Reads the configuration and the machine, and tells on standard error what is wrong. */
export async function read(
  file: string | undefined,
  backend: string | undefined,
): Promise<ReadConfig & { readonly board: Board; readonly firmware: Firmware }> {
  const board = await readBoard(machineFiles);
  const firmware = await readFirmware(machineFiles, board.chip);
  return { ...tellAll(readConfig(file, await known(file, backend, firmware, true))), board, firmware };
}

/** As {@link read}, but of the outputs alone: whatever is wrong with the broker does not matter, and is not told. */
export async function readForRest(file: string | undefined, backend: string | undefined): Promise<ReadOutputs> {
  const { chip } = await readBoard(machineFiles);
  return tellAll(readOutputs(file, await known(file, backend, await readFirmware(machineFiles, chip), false)));
}

/** `isThorough`: all kinds are loaded where the file names one that does not exist, so that the best word can be told. */
async function known(file: string | undefined, backend: string | undefined, firmware: Firmware, isThorough: boolean) {
  const needed = neededBy(file, kindNames, isThorough);
  const kinds = await loadKinds(needed.kinds);
  const rules = needed.mayHaveRules ? await import("../config/rules/check-rules.ts") : undefined;
  return {
    kindNames,
    kinds,
    checkRules: rules?.checkRules,
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
