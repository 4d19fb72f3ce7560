import { UserError } from "../../errors.ts";
import { readTrimmed } from "../../machine/files.ts";
import type { SensorContext } from "../../sensor.ts";

/** The time after power-on in which a part gives values that are not measured. */
export interface WarmUp {
  /** The line was opened. If it was gone before, the part has just got its supply again. */
  opened(): void;
  /** Throws a UserError as long as the part warms up. Called after what was read, since reading may open the line. */
  check(): void;
}

/**
 * Begins with the power-on of the machine, which supplies the part: so a new start of the agent waits for nothing. Where the machine does
 * not say how long it has been on (/proc/uptime, proc(5)), the part is taken to be warm.
 */
export async function warmUp({ files, clock }: Pick<SensorContext, "files" | "clock">, forMs: number): Promise<WarmUp> {
  const [seconds] = (await readTrimmed(files, "/proc/uptime"))?.split(" ") ?? [];
  const onMs = seconds === undefined ? forMs : Number(seconds) * 1_000;
  let readyAtMs = clock.monotonicMs() + forMs - onMs;
  let wasOpen = false;
  return {
    opened() {
      if (wasOpen) readyAtMs = clock.monotonicMs() + forMs;
      wasOpen = true;
    },
    check() {
      if (clock.monotonicMs() < readyAtMs)
        throw new UserError(
          `the sensor warms up for ${forMs / 1_000} s after power-on, and its values are wrong until then`,
        );
    },
  };
}
