import * as z from "zod";
import { hexadecimal } from "../hardware/named-chip.ts";

/** The I2C bus of pins 3 and 5 of the header. */
export const usualBus = 1;

const noBus = "is no I2C bus; write its number alone and without quotes, as in bus: 1 for /dev/i2c-1";

/** The option `bus` of a part on I2C. */
export const i2cBus = z
  .int({ error: ({ input }) => (typeof input === "string" ? noBus : undefined) })
  .min(0)
  .max(255)
  .default(usualBus)
  .describe(`The number of the I2C bus, as in /dev/i2c-1. Default: ${usualBus}, that of pins 3 and 5.`);

/** The option `address` of a part on I2C that can have these addresses and that the kernel finds; the first is the usual one. */
export function i2cAddress(addresses: readonly number[]) {
  return oneOf(addresses)
    .optional()
    .describe(addressSentence(addresses, "needed where there are two. Default: the one that is there."));
}

/** The option `address` of a part on I2C that no driver finds; without it the part has the first, the usual one. */
export function usualI2cAddress(addresses: readonly [number, ...number[]]) {
  return oneOf(addresses)
    .default(addresses[0])
    .describe(addressSentence(addresses, `by how it is wired. Default: ${hexadecimal(addresses[0])}.`));
}

/** Addresses of a part, the usual one first, with a word between; many that follow each other as a range. */
export function addressesText(addresses: readonly number[], between = " or "): string {
  const sorted = [...addresses].sort((one, other) => one - other);
  const [usual = 0] = addresses;
  const [lowest = 0, highest = 0] = [sorted[0], sorted.at(-1)];
  if (sorted.length < 4 || highest - lowest !== sorted.length - 1) return addresses.map(hexadecimal).join(between);
  const range = `${hexadecimal(lowest)} to ${hexadecimal(highest)}`;
  return usual === lowest ? range : `${hexadecimal(usual)} or another of ${range}`;
}

function oneOf(addresses: readonly number[]) {
  return z
    .int({ error: `is no address; write ${addressesText(addresses)}, without quotes` })
    .refine((address) => addresses.includes(address), {
      error: ({ input }) => {
        const meant = addresses.find((address) => address.toString(16) === String(input));
        return meant === undefined
          ? `is no address of this part; it can have ${addressesText(addresses, ", ")}`
          : `is a decimal number; write ${hexadecimal(meant)}, which is hexadecimal`;
      },
    });
}

function addressSentence(addresses: readonly number[], choice: string): string {
  const words = addressesText(addresses);
  return addresses.length === 1
    ? `The part's address on the bus, which is always ${words}.`
    : `The part's address on the bus, ${words}, ${choice}`;
}
