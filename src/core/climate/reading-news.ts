import type { DeviceContext } from "../device.ts";
import type { Reading } from "../link.ts";

/** A sensor's first reading may take so long. */
const graceMs = 10_000;

/**
 * Tells the log once when there is no reading to go by, and once when there is one again: the function wants to know the quality of the
 * reading now and then.
 */
export function readingNews({ clock, log }: Pick<DeviceContext<unknown>, "clock" | "log">, sensor: string) {
  const startedAtMs = clock.monotonicMs();
  let had: boolean | undefined;
  return (quality: Reading["quality"] | "missing"): void => {
    const has = quality === "good" || quality === "suspect";
    if (has === had || (!has && had === undefined && clock.monotonicMs() - startedAtMs < graceMs)) return;
    if (!has) log.warn({ sensor, quality }, "there is no good reading; heater and cooler are off until there is one");
    else if (had === false) log.info({ sensor, quality }, "there are good readings again");
    had = has;
  };
}
