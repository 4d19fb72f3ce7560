import { UserError } from "../core/errors.ts";
import type { GpioBank, GpioPins, InputRequest } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import type { PinFault } from "../core/simulation/scenario.ts";

/** A bank whose pins can be made to fail. */
export interface FailingBank extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  /** Makes every claim and every use of the pin fail from now on. With undefined it works again. */
  setFault(pin: PinName, fault: PinFault | undefined): void;
}

/** The error of the bank for a fault. Its words are those of gpio/sysfs.ts. */
function problem(pin: PinName, fault: PinFault): UserError {
  return fault === "EBUSY"
    ? new UserError(`pin ${pin} is held by the kernel or another program`, { hint: "the scenario says so" })
    : new UserError(`pin ${pin} failed (${fault})`, { hint: "the scenario says so" });
}

/**
 * Adds faults to a bank. If another program takes a pin (EBUSY), whoever watches that pin as an input is told at once. All other faults are
 * noticed when the pin is used, as with real pins.
 */
export function withPinFaults(bank: Omit<GpioBank, keyof GpioPins> & GpioPins): FailingBank {
  const faults = new Map<PinName, PinFault>();
  const watchers = new Map<PinName, InputRequest>();
  const check = (pin: PinName) => {
    const fault = faults.get(pin);
    if (fault !== undefined) throw problem(pin, fault);
  };
  /** Makes a function fail while the pin has a fault. */
  const checked =
    <Args extends unknown[], Result>(pin: PinName, use: (...args: Args) => Result) =>
    (...args: Args) => {
      check(pin);
      return use(...args);
    };
  return {
    description: bank.description,
    async output(pin, request) {
      check(pin);
      const line = await bank.output(pin, request);
      return { ...line, write: checked(pin, line.write), read: checked(pin, line.read) };
    },
    async input(pin, request) {
      check(pin);
      const onEdge: InputRequest["onEdge"] = (edge) => {
        if (faults.get(pin) !== "EBUSY") request.onEdge(edge);
      };
      const line = await bank.input(pin, { ...request, onEdge });
      watchers.set(pin, request);
      const close = () => {
        if (watchers.get(pin) === request) watchers.delete(pin);
        return line.close();
      };
      return { ...line, read: checked(pin, line.read), close };
    },
    async pwm(pin, request) {
      check(pin);
      const line = await bank.pwm(pin, request);
      return { ...line, write: checked(pin, line.write) };
    },
    close: () => bank.close(),
    setFault(pin, fault) {
      if (fault === undefined) faults.delete(pin);
      else faults.set(pin, fault);
      if (fault === "EBUSY") watchers.get(pin)?.onError(problem(pin, fault));
    },
  };
}
