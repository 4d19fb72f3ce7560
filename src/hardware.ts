import { machine } from "node:os";
import { systemClock } from "./core/clock.ts";
import type { Files } from "./core/files.ts";
import type { Isolate } from "./core/isolate.ts";
import type { Log } from "./core/log.ts";
import { backends } from "./gpio/index.ts";
import { Pins } from "./gpio/pins.ts";
import { machineFiles } from "./runtime/files.ts";
import { isolation } from "./runtime/isolated-package.ts";
import { simulatedRoom } from "./simulation/room.ts";

/** The machine's pins, files and native packages, or pretended ones. */
export interface Hardware {
  readonly files: Files;
  readonly isolate: Isolate;
  readonly pins: Pins;
  /** Ends the native packages' processes and closes the pins. */
  stop(): Promise<void>;
}

/** What devices.yaml says about the pins. */
export interface GpioSettings {
  readonly backend: string;
  readonly chip?: string | undefined;
  readonly pigpiod: { readonly host: string; readonly port: number };
}

/** The name of the backend that pretends. */
export const simulatedBackend = "simulated";

/** Gets the hardware ready. With the backend `simulated` the sensors are pretended too, and a line says so. */
export function prepareHardware(gpio: GpioSettings, log: Log): Hardware {
  const isSimulated = gpio.backend === simulatedBackend;
  const real = isolation(systemClock);
  const { files, isolate } = isSimulated ? simulatedRoom(systemClock) : { files: machineFiles, isolate: real.isolate };
  if (isSimulated) log.warn({}, "the hardware is simulated: no pin moves and every reading is made up");

  const pins = new Pins(backends, gpio.backend, {
    files,
    clock: systemClock,
    log,
    chip: gpio.chip,
    pigpiod: gpio.pigpiod,
    machine: machine(),
    isRoot: process.getuid?.() === 0,
    load: (packageName) => import(packageName),
  });
  return {
    files,
    isolate,
    pins,
    async stop() {
      real.stop();
      await pins.close();
    },
  };
}
