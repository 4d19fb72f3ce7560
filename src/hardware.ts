import { realpath } from "node:fs/promises";
import { machine } from "node:os";
import type { DeviceSettings } from "./core/device-settings.ts";
import type { NamedChip } from "./core/hardware/named-chip.ts";
import type { Log } from "./core/log/log.ts";
import type { Machine } from "./core/machine/machine.ts";
import { type Clock, systemClock } from "./core/time/clock.ts";
import { backends } from "./gpio/index.ts";
import { Pins } from "./gpio/pins.ts";
import { timedPins } from "./gpio/timed-pins.ts";
import { machineBuses } from "./i2c/buses.ts";
import { loadPackage } from "./native-packages.ts";
import { answeringFiles } from "./runtime/machine/answering-files.ts";
import { machineFiles } from "./runtime/machine/files.ts";
import { isolation } from "./runtime/machine/isolated-package.ts";
import { machinePrograms } from "./runtime/machine/programs.ts";
import { serialportPackage } from "./serial/package.ts";
import { serialPorts } from "./serial/serial-ports.ts";
import type { SimulatedWorld } from "./simulation/simulated-world.ts";

/** Half of the threads that the service has for files (UV_THREADPOOL_SIZE). The others stay for the pins, the kernel and the state. */
const mostHangingFiles = 8;

/** The machine and its pins, or simulated ones. */
export interface Hardware extends Machine {
  readonly pins: Pins;
  /** The simulated hardware that a scenario acts on; undefined for real hardware. */
  readonly world?: SimulatedWorld;
  /** Ends the processes of native packages and closes the pins. */
  stop(): Promise<void>;
}

/** The section `gpio` of devices.yaml. */
export interface GpioSettings {
  readonly backend: string;
  readonly chip?: string | undefined;
  /** The chips besides the header's that devices.yaml names. */
  readonly chips: readonly NamedChip[];
  readonly pigpiod: { readonly host: string; readonly port: number };
}

/** The name of the backend that simulates the pins. */
export const simulatedBackend = "simulated";

/**
 * Prepares the hardware. With the backend `simulated` the sensors are simulated too, and the log says so. With `routines` people
 * and meters pretend to do something at its inputs.
 */
export async function prepareHardware(
  { gpio, devices, agent }: { gpio: GpioSettings; devices: readonly DeviceSettings[]; agent?: { topic: string } },
  log: Log,
  { clock = systemClock, routines = false }: { clock?: Clock; routines?: boolean } = {},
): Promise<Hardware> {
  const shared = {
    clock,
    log,
    chip: gpio.chip,
    pigpiod: gpio.pigpiod,
    machine: machine(),
    isRoot: process.getuid?.() === 0,
    load: loadPackage,
  };
  if (gpio.backend === simulatedBackend) {
    log.warn({}, "the hardware is simulated: no pin moves and every reading is made up");
    const { simulatedHardware } = await import("./simulated-hardware.ts");
    return simulatedHardware({ gpio, devices, topic: agent?.topic ?? "" }, { ...shared, routines });
  }
  const { isolate, stop } = isolation(systemClock);
  const { programs, stop: stopPrograms } = machinePrograms(systemClock);
  const pins = new Pins(backends, gpio.backend, { ...shared, files: machineFiles }, gpio.chips);
  const i2c = machineBuses({ ...shared, files: machineFiles });
  const files = answeringFiles(machineFiles, systemClock, mostHangingFiles);
  return {
    serial: serialPorts({
      ...shared,
      files,
      realPath: realpath,
      openWith: serialportPackage(shared.load),
    }),
    files,
    isolate,
    i2c,
    programs,
    pins,
    timedPins: timedPins({ pins, clock }),
    async stop() {
      stop();
      stopPrograms();
      i2c.close();
      await pins.close();
    },
  };
}
