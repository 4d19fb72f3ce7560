import type { Clock } from "../core/clock.ts";
import type { Files } from "../core/files.ts";
import type { Isolate } from "../core/isolate.ts";
import { simulatedFiles } from "./files.ts";

/** The sensors of a pretended room: a value drifts around its middle, so that a graph shows something. */
export interface SimulatedRoom {
  readonly files: Files;
  readonly isolate: Isolate;
}

/** A pretended room with a DHT sensor on every pin, one DS18B20 and a warm processor. */
export function simulatedRoom(clock: Clock): SimulatedRoom {
  const drift = (middle: number, swing: number, periodMs: number) =>
    middle + swing * Math.sin((2 * Math.PI * clock.monotonicMs()) / periodMs);
  const milli = (value: number) => `${Math.round(value * 1000)}\n`;
  const files = simulatedFiles({
    "/proc/device-tree/compatible": () => "raspberrypi,4-model-b\0brcm,bcm2711\0",
    "/sys/class/thermal/thermal_zone0/type": () => "cpu-thermal\n",
    "/sys/class/thermal/thermal_zone0/temp": () => milli(drift(47, 4, 90_000)),
    "/sys/bus/w1/devices/28-0316a2795dff/temperature": () => milli(drift(19, 1, 300_000)),
  });
  const isolate: Isolate = async () => ({
    call: async (functionName) =>
      functionName === "promises.read"
        ? { temperature: drift(21.4, 0.6, 120_000), humidity: drift(48, 3, 200_000) }
        : undefined,
  });
  return { files, isolate };
}
