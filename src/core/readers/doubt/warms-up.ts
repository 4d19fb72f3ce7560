import { UserError } from "../../errors.ts";
import type { BeginDoubt } from "./doubt.ts";
import { machineOnMs } from "./machine-on.ts";

/**
 * A part that begins to measure when it is read for the first time, and needs so many milliseconds until its values are right. It begins
 * anew when its supply was off. A machine that does not say how long it has been on is no Linux with parts: there it is taken to be warm.
 */
export function warmsUp(forMs: number): BeginDoubt {
  return async ({ files, clock }) => {
    const isReal = (await machineOnMs(files)) !== undefined;
    let readyAtMs: number | undefined;
    return {
      check() {
        readyAtMs ??= clock.monotonicMs() + forMs;
        if (isReal && clock.monotonicMs() < readyAtMs) throw warmingUp(forMs);
      },
      failed() {
        readyAtMs = undefined;
      },
    };
  };
}

/** The error for a value that a part gives while it warms up for so many milliseconds. */
export function warmingUp(forMs: number, since = "its start"): UserError {
  return new UserError(
    `the sensor warms up for ${forMs / 1_000} s after ${since}, and its values are wrong until then`,
  );
}
