import type { GpioBank, GpioPins } from "../core/hardware/gpio.ts";
import { chipPin } from "../core/hardware/pin-name.ts";

/** The lines of a named chip as a bank, over pins that know them by their whole names, such as "relays/3". */
export function namedLines(pins: GpioPins, chip: string): GpioBank {
  const pin = (line: number) => chipPin({ chip, line });
  return {
    description: `simulated lines of "${chip}"`,
    output: (line, request) => pins.output(pin(line), request),
    input: (line, request) => pins.input(pin(line), request),
    pwm: (line, request) => pins.pwm(pin(line), request),
    close: async () => {},
  };
}
