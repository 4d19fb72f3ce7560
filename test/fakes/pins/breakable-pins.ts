import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import type { SimulatedBank } from "../../../src/gpio/simulated.ts";

/** The outputs of a bank, of which some may be gone: they cannot be claimed, read or written, and stay as they are. */
export function breakablePins(bank: SimulatedBank, isBroken: (pin: PinName) => boolean): SimulatedBank {
  const check = (pin: PinName) => {
    if (isBroken(pin)) throw new Error(`pin ${pin} was taken away`);
  };
  const breakable = <Line extends { write(value: never): void }>(pin: PinName, line: Line): Line => ({
    ...line,
    ...("read" in line && {
      read() {
        check(pin);
        return (line as Line & { read(): unknown }).read();
      },
    }),
    write(value: never) {
      check(pin);
      line.write(value);
    },
  });
  return {
    ...bank,
    async output(pin, request) {
      check(pin);
      return breakable(pin, await bank.output(pin, request));
    },
    async pwm(pin, request) {
      check(pin);
      return breakable(pin, await bank.pwm(pin, request));
    },
  };
}
