import type { GpioBank, GpioPins, Level } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";

/** Simulated pins whose inputs can be driven from outside, such as those of gpio/simulated.ts. */
export interface DrivablePins extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  drive(pin: PinName, level: Level): void;
}
