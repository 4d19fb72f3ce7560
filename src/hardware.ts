import { systemClock } from "./core/clock.ts";
import type { Files } from "./core/files.ts";
import type { GpioBank } from "./core/gpio.ts";
import type { Isolate } from "./core/isolate.ts";
import type { Log } from "./core/log.ts";
import { backends } from "./gpio/index.ts";
import { openBank } from "./gpio/open.ts";
import { machineFiles } from "./runtime/files.ts";
import { isolation } from "./runtime/isolated-package.ts";
import { simulatedRoom } from "./simulation/room.ts";

/** The machine's pins, files and native packages, or pretended ones. */
export interface Hardware {
  readonly files: Files;
  readonly isolate: Isolate;
  /** Opens the pins when they are first needed; after a failure the next call tries again. */
  readonly bank: () => Promise<GpioBank>;
  /** Ends the native packages' processes and closes the pins. */
  stop(): Promise<void>;
}

/** The name of the backend that pretends. */
export const simulatedBackend = "simulated";

/** Gets the hardware ready. With the backend `simulated` the sensors are pretended too, and a line says so. */
export function prepareHardware(gpio: { backend: string; chip?: string | undefined }, log: Log): Hardware {
  const isSimulated = gpio.backend === simulatedBackend;
  const real = isolation(systemClock);
  const { files, isolate } = isSimulated ? simulatedRoom(systemClock) : { files: machineFiles, isolate: real.isolate };
  if (isSimulated) log.warn({}, "the hardware is simulated: no pin moves and every reading is made up");

  const load = (packageName: string) => import(packageName);
  const open = async () => {
    const bank = await openBank(backends, gpio.backend, { files, clock: systemClock, log, chip: gpio.chip, load });
    log.info({ gpio: bank.description }, "opened the pins");
    return bank;
  };
  let opened: Promise<GpioBank> | undefined;
  return {
    files,
    isolate,
    bank() {
      opened ??= open().catch((error) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async stop() {
      real.stop();
      await opened?.then((bank) => bank.close());
    },
  };
}
