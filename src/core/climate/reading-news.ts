import type { DeviceContext } from "../device.ts";

/**
 * How good the reading is to go by. `suspect`: the next one failed or was not plausible, so nothing begins by it. `stale`: it is too old. `missing`: there is
 * none.
 */
export const sensorStates = ["good", "suspect", "stale", "missing"] as const;

/** One of {@link sensorStates}. */
export type SensorState = (typeof sensorStates)[number];

/** A sensor's first reading may take so long. */
const graceMs = 10_000;

/** Tells the log once when there is no reading to go by, and once when there is one again; it wants to be called now and then. */
export function readingNews({ clock, log }: Pick<DeviceContext<unknown>, "clock" | "log">, name: string) {
  const startedAtMs = clock.monotonicMs();
  let before: "good" | "bad" | undefined;
  return (sensor: SensorState): void => {
    // A sensor that fails now and then is no news.
    const now = sensor === "good" || sensor === "suspect" ? "good" : "bad";
    const mayStillCome = before === undefined && clock.monotonicMs() - startedAtMs < graceMs;
    if (now === before || (now === "bad" && mayStillCome)) return;
    if (now === "bad")
      log.warn({ sensor: name, reading: sensor }, "there is no good reading; the outputs are off until there is one");
    else if (before === "bad") log.info({ sensor: name }, "there are good readings again");
    before = now;
  };
}
