import type { SensorContext } from "../../sensor.ts";
import { machineOnMs } from "../doubt/machine-on.ts";
import { warmingUp } from "../doubt/warms-up.ts";

/** The time after power-on in which a part gives values that are not measured. */
export interface WarmUp {
  /** The line was opened. If it was gone before, the part has just got its supply again. */
  opened(): void;
  /** Throws a UserError as long as the part warms up. Called after what was read, since reading may open the line. */
  check(): void;
}

/**
 * Begins with the power-on of the machine, which supplies the part: so a new start of the agent waits for nothing. Where the machine does
 * not say how long it has been on, the part is taken to be warm.
 */
export async function warmUp({ files, clock }: Pick<SensorContext, "files" | "clock">, forMs: number): Promise<WarmUp> {
  let readyAtMs = clock.monotonicMs() + forMs - ((await machineOnMs(files)) ?? forMs);
  let wasOpen = false;
  return {
    opened() {
      if (wasOpen) readyAtMs = clock.monotonicMs() + forMs;
      wasOpen = true;
    },
    check() {
      if (clock.monotonicMs() < readyAtMs) throw warmingUp(forMs, "power-on");
    },
  };
}
