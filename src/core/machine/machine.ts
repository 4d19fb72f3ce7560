import type { I2c } from "../hardware/i2c.ts";
import type { Serial } from "../hardware/serial.ts";
import type { TimedPins } from "../hardware/timed-pins.ts";
import type { Files } from "./files.ts";
import type { Isolate } from "./isolate.ts";
import type { Programs } from "./programs.ts";

/** The ways to what is connected to this machine, besides its pins. Tests and the simulation provide their own. */
export interface Machine {
  readonly files: Files;
  /** Runs native packages that may block or crash in a process of their own. */
  readonly isolate: Isolate;
  /** Speaks to parts on I2C for which the kernel has no driver. */
  readonly i2c: I2c;
  readonly serial: Serial;
  readonly programs: Programs;
  /** Pins whose times count in microseconds. */
  readonly timedPins: TimedPins;
}

/** The part of something that is a machine. */
export function machineOf({ files, isolate, i2c, serial, programs, timedPins }: Machine): Machine {
  return { files, isolate, i2c, serial, programs, timedPins };
}
