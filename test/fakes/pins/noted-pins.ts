import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import type { SimulatedBank } from "../../../src/gpio/simulated.ts";

/** The outputs of a bank. After each time that one was driven, `tell` gets its pin. */
export function notedPins(bank: SimulatedBank, tell: (pin: PinName) => void): SimulatedBank {
  const noted = <Line extends { write(value: never): void }>(pin: PinName, line: Line): Line => {
    tell(pin);
    return {
      ...line,
      write(value: never) {
        line.write(value);
        tell(pin);
      },
    };
  };
  return {
    ...bank,
    output: async (pin, request) => noted(pin, await bank.output(pin, request)),
    pwm: async (pin, request) => noted(pin, await bank.pwm(pin, request)),
  };
}
