import { UserError } from "../errors.ts";
import type { Machine } from "./machine.ts";

/** Ways that lead nowhere: for a machine that has no such hardware. */
export const nothingThere: Pick<Machine, "i2c" | "serial" | "programs" | "timedPins"> = {
  i2c: { open: async (bus) => Promise.reject(new UserError(`this machine has no I2C bus ${bus}`)) },
  serial: { open: async ({ port }) => Promise.reject(new UserError(`this machine has no serial port ${port}`)) },
  timedPins: {
    echo: async (pin) => Promise.reject(new UserError(`this machine has no pin ${pin}`)),
    shifted: async (pin) => Promise.reject(new UserError(`this machine has no pin ${pin}`)),
  },
  programs: { run: async ([word = ""]) => Promise.reject(new UserError(`there is no program ${word}`)) },
};
