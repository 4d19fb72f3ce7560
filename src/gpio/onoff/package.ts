import { buildHint, explain, UserError } from "../../core/errors.ts";
import type { GpioPorts, Level } from "../../core/hardware/gpio.ts";

/** The parts of onoff's Gpio that are used (fivdi/onoff 6, onoff.d.ts). */
export interface OnoffGpio {
  readSync(): Level;
  writeSync(level: Level): void;
  direction(): string;
  setDirection(direction: "high" | "low" | "in"): void;
  edge(): string;
  watch(callback: (error: Error | null | undefined) => void): void;
  unexport(): void;
}

/** The class Gpio of onoff. */
export type GpioConstructor = new (
  number: number,
  direction: "high" | "low" | "in",
  edge: "none" | "both",
  options: { activeLow: boolean; reconfigureDirection: boolean },
) => OnoffGpio;

/** Loads the package. Rejects with a UserError. */
export async function loadOnoff({ load }: GpioPorts): Promise<GpioConstructor> {
  try {
    const { Gpio } = (await load("onoff")) as { Gpio: GpioConstructor };
    return Gpio;
  } catch (cause) {
    throw new UserError(`the package onoff cannot be loaded (${explain(cause).split("\n")[0]})`, {
      hint: buildHint,
      cause,
    });
  }
}
