import { UserError } from "../../errors.ts";
import type { I2cDevice } from "../../hardware/i2c.ts";
import type { Clock } from "../../time/clock.ts";

/** How often something is asked, and for how long, in milliseconds. */
export interface Patience {
  readonly everyMs: number;
  readonly limitMs: number;
  /** What is wrong when it has not come by then: a clause. */
  readonly otherwise: string;
}

/** A part on I2C as the file of its kind sees it. Everything rejects with a UserError. */
export class PartOnBus {
  readonly #device: I2cDevice;
  readonly #clock: Pick<Clock, "after" | "monotonicMs">;

  constructor(device: I2cDevice, clock: Pick<Clock, "after" | "monotonicMs">) {
    this.#device = device;
    this.#clock = clock;
  }

  /** One transaction, see {@link I2cDevice.transfer}. */
  transfer(bytes: readonly number[], length: number): Promise<Uint8Array> {
    return this.#device.transfer(bytes, length);
  }

  /** Reads so many bytes from a register on. */
  read(register: number, length: number): Promise<Uint8Array> {
    return this.transfer([register], length);
  }

  /** Reads a register of one byte. */
  async byte(register: number): Promise<number> {
    return (await this.read(register, 1))[0] ?? 0;
  }

  /** Writes these bytes from a register on. */
  async write(register: number, ...bytes: readonly number[]): Promise<void> {
    await this.transfer([register, ...bytes], 0);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve));
  }

  /** Asks again and again until the answer is yes. */
  async until(isSo: () => Promise<boolean>, { everyMs, limitMs, otherwise }: Patience): Promise<void> {
    const deadlineMs = this.#clock.monotonicMs() + limitMs;
    while (!(await isSo())) {
      if (this.#clock.monotonicMs() >= deadlineMs) throw new UserError(otherwise);
      await this.pause(everyMs);
    }
  }
}

/** Rejects a part that is another one than the kind's. */
export function expectId(found: number, expected: readonly number[], name: string): void {
  if (expected.includes(found)) return;
  const words = expected.map((id) => `0x${id.toString(16)}`);
  throw new UserError(
    `another part than a ${name} answers: its id is 0x${found.toString(16)}, not ${words.join(" or ")}`,
    {
      hint: "check kind and address",
    },
  );
}

/** Says that a part does not have what was written into it: its supply was off meanwhile. It is set up again then. */
export function expectSettings(isSo: boolean): void {
  if (!isSo) throw new UserError("the part has lost its settings", { hint: "check its supply" });
}
