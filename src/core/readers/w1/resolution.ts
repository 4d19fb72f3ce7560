import { errorCode, explain, UserError } from "../../errors.ts";
import type { Log } from "../../log/log.ts";
import type { Files } from "../../machine/files.ts";
import { readTrimmed } from "../../machine/files.ts";
import { w1Address, w1Root } from "./place.ts";

/** What the kernel says to those who may not write: by the file's mode, or because the service sees it read-only. */
const forbidden = ["EACCES", "EPERM", "EROFS"];

/** Sees to it that a thermometer measures with so many bits; undefined: as it is set. It forgets that when it loses its power. */
export function keptResolution(files: Files, bits: number | undefined, log: Pick<Log, "warn">) {
  let isDone = false;
  let isRefused = bits === undefined;
  return {
    /** To be called before each reading. Where the kernel or the part refuses, the log says so once. */
    async before(folder: string): Promise<void> {
      if (bits === undefined || isDone || isRefused) return;
      try {
        await setResolution(files, folder, bits);
        isDone = true;
      } catch (error) {
        isRefused = true;
        log.warn({ reason: explain(error) }, "the sensor keeps its resolution");
      }
    },
    /** To be called when a reading has failed: the part may have been without power. */
    failed(): void {
      isDone = false;
    },
  };
}

async function setResolution(files: Files, folder: string, bits: number): Promise<void> {
  const file = `${folder}/resolution`;
  const before = await readTrimmed(files, file);
  // A part that is gone says so when it is read.
  if (before === undefined || before === String(bits)) return;
  try {
    await files.writeText(file, `${bits}\n`);
  } catch (cause) {
    const own = `${w1Root}/${w1Address(folder)}`;
    if (forbidden.includes(errorCode(cause)))
      throw new UserError(`this user may not change the resolution from ${before} to ${bits} bits`, {
        hint: `run once "echo ${bits} | sudo tee ${own}/resolution; echo save | sudo tee ${own}/eeprom_cmd", which the sensor keeps`,
        cause,
      });
    throw new UserError(`the sensor refuses a resolution of ${bits} bits and stays at ${before}`, { cause });
  }
}
