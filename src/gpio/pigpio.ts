import { explain, UserError } from "../core/errors.ts";
import type { GpioBackend, GpioPorts } from "../core/hardware/gpio.ts";
import { readTrimmed } from "../core/machine/files.ts";
import { pigpioBank } from "./pigpio/bank.ts";
import { pigpioLosses, requireOlderPi } from "./pigpio/limits.ts";
import { loadPigpio, type PigpioModule } from "./pigpio/package.ts";
import { takeBackSignals } from "./pigpio/signals.ts";

/** The file in which the C library notes which process uses the hardware. */
const lockFile = "/var/run/pigpio.pid";

/** The sampling interval that costs least: 10 % of a core at 5 µs, 11 to 25 % with others (pigpio's documentation). */
const sampleUs = 5;

const rootOnly = "the agent runs as root";

/**
 * Pins through the package pigpio, in this process. pigpio takes hardware for itself: DMA, the PCM clock (so there is no I2S sound), and
 * all signals. It has two ways to watch a pin. Only `alert` is used, because `interrupt` fails since Linux 6.6, where the numbers of
 * /sys/class/gpio are no longer the BCM numbers (fivdi/pigpio, joan2937/pigpio).
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
    // Otherwise everybody who reaches port 8888 of this machine could switch its pins.
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
