import type { GpioBackend, GpioPorts } from "../core/hardware/gpio.ts";
import { pigpioLosses, requireOlderPi } from "./pigpio/limits.ts";
import { pigpiodBank } from "./pigpiod/bank.ts";
import { PigpiodConnection } from "./pigpiod/connection.ts";
import { Watch } from "./pigpiod/watch.ts";

const late = "a level is on the pin some tenths of a millisecond after it was written";

/**
 * Pins through the daemon pigpiod. It runs as root, so the agent need not. Its protocol is small and no longer changes; it is in
 * src/gpio/pigpiod/protocol.ts.
 */
export const pigpiod: GpioBackend = {
  name: "pigpiod",
  summary: "The daemon pigpiod, also of another machine: precise pulses on any pin, for any user, up to the Pi 4.",
  uses: {
    output: [late, ...pigpioLosses.output],
    input: ["edges arrive up to some 40 ms late, though with their own time", ...pigpioLosses.input],
    pwm: [late, ...pigpioLosses.output, ...pigpioLosses.pwm],
  },
  automaticFor: ["pwm"],
  async open(ports) {
    const { host, port } = ports.pigpiod;
    // A daemon on another machine knows by itself whether it can run there.
    if (isHere(host)) await requireOlderPi(ports.files);
    const first = await openSession(ports);
    return pigpiodBank(`pigpiod ${first.connection.version} at ${host}:${port}`, first, () => openSession(ports));
  },
};

async function openSession({ pigpiod: place, clock }: GpioPorts) {
  const connection = await PigpiodConnection.open({ ...place, clock });
  return { connection, watch: new Watch(clock, connection) };
}

function isHere(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
