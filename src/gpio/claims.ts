import { UserError } from "../core/errors.ts";
import type { GpioBank } from "../core/gpio.ts";

/** Lets each pin of a bank have one owner at a time, whatever the backend. */
export function withClaims(bank: GpioBank): GpioBank {
  const owned = new Set<number>();

  async function claim<Line extends { close(): Promise<void> }>(pin: number, open: () => Promise<Line>): Promise<Line> {
    if (owned.has(pin)) throw new UserError(`pin ${pin} is in use by another device`);
    owned.add(pin);
    try {
      const line = await open();
      return {
        ...line,
        async close() {
          await line.close();
          owned.delete(pin);
        },
      };
    } catch (error) {
      owned.delete(pin);
      throw error;
    }
  }

  return {
    ...bank,
    output: (pin, request) => claim(pin, () => bank.output(pin, request)),
    input: (pin, request) => claim(pin, () => bank.input(pin, request)),
  };
}
