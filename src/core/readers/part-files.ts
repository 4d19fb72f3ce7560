import { type Files, readTrimmed } from "../machine/files.ts";
import type { Clock } from "../time/clock.ts";
import { iioChannels, readHwmonFile, readIioChannel } from "./channel.ts";
import type { Driver } from "./driver.ts";
import { patiently, unlessError } from "./patiently.ts";

/** The files of one part, as its driver shows them. Each reading is tried again when the bus was disturbed. */
export class PartFiles {
  readonly #files: Files;
  readonly #clock: Pick<Clock, "after">;
  readonly #subsystem: Driver["subsystem"];
  readonly #folder: string;

  constructor(files: Files, clock: Pick<Clock, "after">, subsystem: Driver["subsystem"], folder: string) {
    this.#files = files;
    this.#clock = clock;
    this.#subsystem = subsystem;
    this.#folder = folder;
  }

  /**
   * A channel in the unit of its subsystem, see {@link readIioChannel} and {@link readHwmonFile}. NaN for a file without a number.
   * `mayShowErrors`: see {@link unlessError}.
   */
  channel(name: string, mayShowErrors = false): Promise<number> {
    const read = this.#subsystem === "iio" ? readIioChannel : readHwmonFile;
    return patiently(this.#clock, async () => {
      const number = await read(this.#files, this.#folder, name);
      return mayShowErrors ? unlessError(number) : number;
    });
  }

  /** Lets time pass, for a part that has to measure first. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve));
  }

  /** The names of its IIO channels, see {@link iioChannels}. */
  channels(): Promise<readonly string[]> {
    return iioChannels(this.#files, this.#folder);
  }

  /** The bytes of a file, as the device tree has them. Undefined where there is no such file. */
  bytes(file: string): Promise<Uint8Array | undefined> {
    return this.#files.readBytes(`${this.#folder}/${file}`).catch(() => undefined);
  }

  /** The text of a file without surrounding white space. Undefined where it cannot be read. */
  text(file: string): Promise<string | undefined> {
    return readTrimmed(this.#files, `${this.#folder}/${file}`);
  }

  /** The number in a file, as it is; NaN where there is none. Rejects where there is no such file. */
  number(file: string): Promise<number> {
    return patiently(this.#clock, () => readHwmonFile(this.#files, this.#folder, file));
  }
}
