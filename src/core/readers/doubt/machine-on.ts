import { type Files, readTrimmed } from "../../machine/files.ts";

/**
 * For how long the machine has been on, in milliseconds (/proc/uptime, proc(5)). It supplies its parts, so they have been on as long.
 * Undefined where it does not say that.
 */
export async function machineOnMs(files: Files): Promise<number | undefined> {
  const [seconds] = (await readTrimmed(files, "/proc/uptime"))?.split(" ") ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
