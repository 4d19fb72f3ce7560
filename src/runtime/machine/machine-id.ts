import { createHash } from "node:crypto";
import { type Files, readTrimmed } from "../../core/files.ts";

/**
 * What tells this machine from all others, on every boot the same: made of a Pi's serial number, which no copy of an SD card has, or
 * of systemd's machine id. Neither can be found from it (machine-id(5) asks for that). Undefined on a machine that has neither.
 */
export async function machineId(files: Files): Promise<string | undefined> {
  const serial = await readTrimmed(files, "/proc/device-tree/serial-number");
  const own = serial || (await readTrimmed(files, "/etc/machine-id"));
  return own ? createHash("sha256").update(`pi2mqtt ${own}`).digest("hex").slice(0, 16) : undefined;
}
