import { UserError } from "../core/errors.ts";
import type { GpioBank } from "../core/gpio.ts";

/** Lets each pin of a bank have one owner at a time, whatever the backend. */
export function withClaims(bank: GpioBank): GpioBank {
  const owned = new Set<number>();

  async function claim<Line>(pin: number, open: () => Promise<Line>): Promise<Line> {
    if (owned.has(pin)) throw new UserError(`pin ${pin} is in use by another device`);
    owned.add(pin);
    try {
      return await open();
    } catch (error) {
      owned.delete(pin);
      throw error;
    }
  }

  const releaseOf = (pin: number, line: { close(): Promise<void> }) => async () => {
    try {
      await line.close();
    } finally {
      owned.delete(pin);
    }
  };

  return {
    description: bank.description,
    async output(pin, request) {
      const line = await claim(pin, () => bank.output(pin, request));
      return { write: (level) => line.write(level), read: () => line.read(), close: releaseOf(pin, line) };
    },
    async input(pin, request) {
      const line = await claim(pin, () => bank.input(pin, request));
      return { read: () => line.read(), close: releaseOf(pin, line) };
    },
    close: () => bank.close(),
  };
}
