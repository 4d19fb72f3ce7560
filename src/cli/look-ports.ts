import { machine } from "node:os";
import { systemClock } from "../core/time/clock.ts";
import type { LookPorts } from "../discover/finding.ts";
import { machineBuses } from "../i2c/buses.ts";
import { loadKinds } from "../kinds.ts";
import { loadPackage } from "../native-packages.ts";
import { machineFiles } from "../runtime/machine/files.ts";

/** Looks at this machine, and closes its buses afterwards. */
export async function withLookPorts<Found>(look: (ports: LookPorts) => Promise<Found>): Promise<Found> {
  const i2c = machineBuses({
    files: machineFiles,
    clock: systemClock,
    machine: machine(),
    load: loadPackage,
  });
  try {
    return await look({ files: machineFiles, i2c, kinds: await loadKinds() });
  } finally {
    i2c.close();
  }
}
