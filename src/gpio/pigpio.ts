import { explain, UserError } from "../core/errors.ts";
import { readTrimmed } from "../core/files.ts";
import type { GpioBackend, GpioPorts } from "../core/hardware/gpio.ts";
import { pigpioBank } from "./pigpio/bank.ts";
import { pigpioLosses, requireOlderPi } from "./pigpio/limits.ts";
import { loadPigpio, type PigpioModule } from "./pigpio/package.ts";
import { takeBackSignals } from "./pigpio/signals.ts";

/** Where the C library says which process has the hardware. */
const lockFile = "/var/run/pigpio.pid";

/** 5 µs is the sampling that costs least (pigpio's documentation: 10 % of a core, others 11 to 25 %). */
const sampleUs = 5;

const rootOnly = "the agent runs as root";

/**
 * Pins through the package pigpio, in this process. It takes the hardware for itself: the DMA, the PCM clock (so no I2S
 * sound) and all signals. Of its two ways to watch a pin only `alert` is used: `interrupt` fails since Linux 6.6, where
 * the numbers of /sys/class/gpio are no longer the BCM numbers (fivdi/pigpio, joan2937/pigpio).
 */
export const pigpio: GpioBackend = {
  name: "pigpio",
  summary: "The package pigpio in the agent's own process: precise pulses on any pin, as root, up to the Pi 4.",
  uses: {
    output: [rootOnly, ...pigpioLosses.output],
    input: [rootOnly, ...pigpioLosses.input],
    pwm: [rootOnly, ...pigpioLosses.output, ...pigpioLosses.pwm],
  },
  automaticFor: ["pwm"],
  async open(ports) {
    await requireOlderPi(ports.files);
    if (!ports.isRoot)
      throw new UserError("the package pigpio needs root", {
        hint: "start the daemon pigpiod and use the backend pigpiod, which needs no rights",
      });
    await refuseWhereItRuns(ports);
    const library = await loadPigpio(ports);
    start(library);
    return pigpioBank(library, ports.clock);
  },
};

async function refuseWhereItRuns({ files }: GpioPorts): Promise<void> {
  const holder = await readTrimmed(files, lockFile);
  if (holder === undefined || holder === "") return;
  if ((await files.list(`/proc/${holder}`)).length === 0) return;
  throw new UserError(`process ${holder} has pigpio's hardware (${lockFile})`, {
    hint: 'use the backend pigpiod, or end it ("sudo systemctl stop pigpiod")',
  });
}

function start(library: PigpioModule): void {
  try {
    library.configureClock(sampleUs, library.CLOCK_PCM);
    // Otherwise whoever reaches port 8888 of this machine switches its pins.
    library.configureInterfaces(library.DISABLE_FIFO_IF | library.DISABLE_SOCK_IF);
    library.initialize();
  } catch (cause) {
    throw new UserError(`pigpio does not start (${explain(cause)})`, {
      hint: "what it wrote on standard error says why",
      cause,
    });
  } finally {
    takeBackSignals();
  }
}
