import { UserError } from "../../src/core/errors.ts";
import type { Serial, SerialLine, SerialSettings } from "../../src/core/hardware/serial.ts";

/** One of those who have the line open. */
interface User {
  readonly bytes: Set<(bytes: Uint8Array) => void>;
  readonly gone: Set<(error: Error) => void>;
}

/** A serial line with whatever the test puts at its other end. */
export class FakeSerial implements Serial {
  /** All that was written, one list for each write. */
  readonly written: (readonly number[])[] = [];
  /** The settings of each opening. */
  readonly opened: SerialSettings[] = [];
  /** What the other end does when something is written. */
  onWrite: (bytes: readonly number[]) => void = () => {};
  readonly #users = new Set<User>();
  #isThere = true;

  /** How many have it open. */
  get users(): number {
    return this.#users.size;
  }

  async open(settings: SerialSettings): Promise<SerialLine & { readonly close: () => Promise<void> }> {
    if (!this.#isThere) throw new UserError(`there is no serial port ${settings.port}`, { hint: "plug it in" });
    this.opened.push(settings);
    const user: User = { bytes: new Set(), gone: new Set() };
    this.#users.add(user);
    return {
      write: async (bytes) => {
        if (!this.#users.has(user)) throw new UserError("the line is gone");
        this.written.push([...bytes]);
        this.onWrite([...bytes]);
      },
      onBytes(tell) {
        user.bytes.add(tell);
        return () => user.bytes.delete(tell);
      },
      onGone(tell) {
        user.gone.add(tell);
        return () => user.gone.delete(tell);
      },
      close: async () => void this.#users.delete(user),
    };
  }

  /** The other end sends these bytes in one piece. */
  say(bytes: Iterable<number>): void {
    for (const user of [...this.#users]) for (const tell of [...user.bytes]) tell(Uint8Array.from(bytes));
  }

  unplug(): void {
    this.#isThere = false;
    const users = [...this.#users];
    this.#users.clear();
    for (const user of users) for (const tell of [...user.gone]) tell(new UserError("the serial port is gone"));
  }

  plugIn(): void {
    this.#isThere = true;
  }
}

/** Bytes written in hexadecimal: "FF 01 86". */
export function hex(text: string): readonly number[] {
  return (text.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, 16));
}
