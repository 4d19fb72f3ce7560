import { createHash } from "node:crypto";
import { type Files, readTrimmed } from "../../core/machine/files.ts";

/**
 * A text that tells this machine from all others and is the same at every boot. It is made of the Pi's serial number, which a copy of the
 * SD card does not have, or else of systemd's machine id. It is a hash, so neither can be calculated from it; machine-id(5) asks for that.
 * Undefined if the machine has neither.
 */
export async function machineId(files: Files): Promise<string | undefined> {
  const serial = await readTrimmed(files, "/proc/device-tree/serial-number");
  const own = serial || (await readTrimmed(files, "/etc/machine-id"));
  return own ? createHash("sha256").update(`pi2mqtt ${own}`).digest("hex").slice(0, 16) : undefined;
}
