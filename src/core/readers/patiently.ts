import { errorCode, UserError } from "../errors.ts";
import type { Clock } from "../time/clock.ts";

/**
 * What a bus answers now and then though nothing is wrong: a disturbed transfer, a conversion under way, a clock that is held too long. A
 * wrong checksum is ENODEV in drivers/iio/common/ms_sensors/ms_sensors_i2c.c.
 */
const passing = ["EIO", "EREMOTEIO", "ETIMEDOUT", "EAGAIN", "EBUSY", "ENODATA", "ENODEV", "EPROTO"];
/** How many times a reading is tried, and the pauses between, in milliseconds. */
const pausesMs = [50, 200];

/** Tries a reading once more, and then once more, when the bus failed; then rejects with a sentence. */
export async function patiently<Value>(clock: Pick<Clock, "after">, read: () => Promise<Value>): Promise<Value> {
  for (const pauseMs of pausesMs) {
    try {
      return await read();
    } catch (error) {
      if (!passing.includes(errorCode(error))) throw inWords(error);
    }
    await new Promise<void>((resolve) => void clock.after(pauseMs, resolve));
  }
  return read().catch((error) => {
    throw inWords(error);
  });
}

/** Numbers of such errors (include/uapi/asm-generic/errno-base.h and errno.h). */
const numbers: Readonly<Record<number, string>> = {
  5: "EIO",
  6: "ENXIO",
  11: "EAGAIN",
  19: "ENODEV",
  71: "EPROTO",
  110: "ETIMEDOUT",
  121: "EREMOTEIO",
};

/** The number that a driver shows, if it is not that of an error with a minus, as some drivers show instead of failing. Throws it then. */
export function unlessError(number: number): number {
  const code = numbers[-number];
  if (code === undefined) return number;
  throw Object.assign(new Error(`${code}: the driver shows ${number}`), { code });
}

/** The code of the system error behind a reading that failed, such as "EINVAL"; "" where there is none. */
export function readingCode(error: unknown): string {
  return errorCode(error instanceof UserError ? error.cause : error);
}

/** A system error as a sentence for people. */
function inWords(error: unknown): unknown {
  const sentence = sentences[errorCode(error)];
  return sentence === undefined
    ? error
    : new UserError(sentence, { hint: "check its wiring and its supply", cause: error });
}

const sentences: Readonly<Record<string, string>> = {
  EIO: "the sensor does not answer on its bus (EIO)",
  EREMOTEIO: "the sensor does not answer on its bus (EREMOTEIO)",
  ENXIO: "the sensor does not answer on its bus (ENXIO)",
  ENODEV: "the sensor is gone, or what it sent was damaged (ENODEV)",
  ENOENT: "the sensor is gone",
  ETIMEDOUT: "the sensor did not answer in time (ETIMEDOUT)",
  EAGAIN: "the sensor has no new value yet (EAGAIN)",
  ENODATA: "the sensor has no value yet (ENODATA)",
  EBUSY: "the sensor is busy, or has no value yet (EBUSY)",
  EINVAL: "the driver could not make a value of what the sensor gave (EINVAL)",
  EPROTO: "the bus was disturbed (EPROTO)",
};
