import type { GpioBackend } from "../core/hardware/gpio.ts";
import { gpiochip } from "./gpiochip.ts";
import { kernelPwm } from "./kernel-pwm.ts";
import { onoff } from "./onoff.ts";
import { pigpio } from "./pigpio.ts";
import { pigpiod } from "./pigpiod.ts";
import { simulated } from "./simulated.ts";

/** All backends, in the order in which `gpio.backend: auto` tries them. A new backend is one file, and one line here. */
export const backends: readonly GpioBackend[] = [gpiochip, onoff, kernelPwm, pigpiod, pigpio, simulated];
