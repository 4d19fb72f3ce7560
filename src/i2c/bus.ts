import { errorCode } from "../core/errors.ts";
import type { Files } from "../core/machine/files.ts";
import type { Clock } from "../core/time/clock.ts";
import { Messages } from "./messages.ts";
import { hangs, heldProblem, openProblem, transferProblem } from "./problems.ts";
import type { SystemCalls } from "./system-calls.ts";

/** Commands of /dev/i2c-N (include/uapi/linux/i2c-dev.h). */
const command = { slave: 0x0703, readWrite: 0x0707 } as const;

/**
 * How long a transaction may take with its wait for those before it. The kernel gives up after a second. Twice this time is less than the
 * ten seconds of a reading, so a part can be tried a second time within one.
 */
const patienceMs = 3_000;

/** What a bus needs. */
export interface BusPorts {
  readonly calls: SystemCalls;
  readonly files: Files;
  readonly clock: Pick<Clock, "after">;
}

/** One bus: its file, and its transactions one after the other. A bus that hangs stops nobody but those who use it. */
export class Bus {
  readonly #number: number;
  readonly #ports: BusPorts;
  readonly #messages: Messages;
  #file: number | undefined;
  /** Ends when the last transaction has really ended, however long it took. Never rejects. */
  #last: Promise<void> = Promise.resolve();

  constructor(number: number, ports: BusPorts) {
    this.#number = number;
    this.#ports = ports;
    this.#messages = new Messages(ports.calls);
  }

  /** Opens the bus, and sees whether a driver of the kernel holds the address. Rejects with a UserError. */
  async check(address: number): Promise<void> {
    const { calls, files } = this.#ports;
    const file = await this.#open();
    try {
      calls.ioctl(file, command.slave, address);
    } catch (error) {
      const place = { bus: this.#number, address };
      throw errorCode(error) === "EBUSY" ? await heldProblem(files, place, error) : transferProblem(place, error);
    }
  }

  /** One transaction, see {@link import("../core/hardware/i2c.ts").I2cDevice.transfer}. */
  transfer(address: number, bytes: readonly number[], length: number): Promise<Uint8Array> {
    const place = { bus: this.#number, address };
    return new Promise((resolve, reject) => {
      let isGivenUp = false;
      const cancel = this.#ports.clock.after(patienceMs, () => {
        isGivenUp = true;
        reject(hangs(place));
      });
      this.#last = this.#last.then(async () => {
        if (isGivenUp) return;
        try {
          resolve(await this.#transact(address, bytes, length));
        } catch (error) {
          reject(transferProblem(place, error));
        } finally {
          cancel();
        }
      });
    });
  }

  /** Closes the file when no transaction uses it any more. */
  close(): void {
    this.#last = this.#last.then(() => this.#forget());
  }

  async #transact(address: number, bytes: readonly number[], length: number): Promise<Uint8Array> {
    const file = await this.#open();
    this.#messages.put(address, bytes, length);
    try {
      await this.#ports.calls.ioctlMeanwhile(file, command.readWrite, this.#messages.at);
    } catch (error) {
      // The bus was taken away; when it is back, it needs a file of its own.
      if (errorCode(error) === "ENODEV") this.#forget();
      throw error;
    }
    return this.#messages.take(length);
  }

  async #open(): Promise<number> {
    const { calls, files } = this.#ports;
    try {
      this.#file ??= calls.open(`/dev/i2c-${this.#number}`);
      return this.#file;
    } catch (error) {
      throw await openProblem(files, this.#number, error);
    }
  }

  #forget(): void {
    if (this.#file !== undefined) this.#ports.calls.close(this.#file);
    this.#file = undefined;
  }
}
