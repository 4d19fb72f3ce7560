import { machine } from "node:os";
import type { GpioBackend, GpioPorts } from "../../src/core/hardware/gpio.ts";
import { silentLog } from "../../src/core/log/log.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { machineFiles } from "../../src/runtime/machine/files.ts";

/** What a backend needs of its surroundings, as the guest has it for root. */
export const guestPorts: GpioPorts = {
  files: machineFiles,
  clock: systemClock,
  log: silentLog,
  chip: undefined,
  pigpiod: { host: "localhost", port: 8888 },
  machine: machine(),
  isRoot: true,
  load: (packageName) => import(packageName),
};

/** The guest's pins through one backend. */
export function pinsThrough(backend: GpioBackend, wanted: Partial<GpioPorts> = {}): Pins {
  return new Pins([backend], backend.name, { ...guestPorts, ...wanted });
}
