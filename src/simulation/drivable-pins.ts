import type { GpioBank, GpioPins, Level } from "../core/hardware/gpio.ts";

/** Simulated pins whose inputs can be driven from outside, such as those of gpio/simulated.ts. */
export interface DrivablePins extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  drive(pin: number, level: Level): void;
}
