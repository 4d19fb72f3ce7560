import { spawn } from "node:child_process";
import { loadCLibrary, type NativePorts, nativeCallsUnderWay } from "../core/hardware/native.ts";

/** How long the end may take where only another process can bring it about. */
const patienceSeconds = 1;

/** What Node.js calls the work of its threads that can hang: reading a file, and asking for the address of a name. */
const canHang = /^(FSReq|GetAddrInfo|GetNameInfo)/;

/**
 * Ends the process with this status, also while a reading hangs. Node.js waits at its end for the threads that read files, ask an I2C bus or
 * look for the broker's address, without a limit; on a network drive that is gone that is for ever. What has to be done before the end must
 * have been done.
 */
export async function leave(status: number, ports: NativePorts): Promise<never> {
  if (isWaitedFor()) await endWithoutWaiting(status, ports);
  process.exit(status);
}

/** Whether Node.js would wait at its end for a thread, though everything has been done. */
export function isWaitedFor(): boolean {
  return nativeCallsUnderWay() > 0 || process.getActiveResourcesInfo().some((name) => canHang.test(name));
}

async function endWithoutWaiting(status: number, ports: NativePorts): Promise<void> {
  try {
    (await loadCLibrary(ports)).func("void _exit(int status)")(status);
  } catch {
    // Without the C library the status is lost: systemd sees a signal then, and brings the outputs to rest once more.
    const script = `sleep ${patienceSeconds}; kill -KILL ${process.pid}`;
    spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore" }).unref();
  }
}
