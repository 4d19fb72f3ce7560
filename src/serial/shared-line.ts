import type { SerialLine, SerialSettings } from "../core/hardware/serial.ts";
import type { OpenPort, OpenWith } from "./package.ts";
import { goneProblem } from "./problems.ts";

/** One of those who use a line. */
interface User {
  readonly bytes: Set<(bytes: Uint8Array) => void>;
  readonly gone: Set<(error: Error) => void>;
}

/** A port that is open, and all who use it. Each hears all bytes. */
export class SharedLine {
  readonly settings: SerialSettings;
  readonly #users = new Set<User>();
  readonly #onOver: () => void;
  #port: OpenPort | undefined;
  #gone: Error | undefined;

  private constructor(settings: SerialSettings, onOver: () => void) {
    this.settings = settings;
    this.#onOver = onOver;
  }

  /** Opens the port. `onOver` is called when it is gone. Rejects with the reason why it cannot be opened. */
  static async open(settings: SerialSettings, openWith: OpenWith, onOver: () => void): Promise<SharedLine> {
    const line = new SharedLine(settings, onOver);
    line.#port = await openWith(settings, {
      onBytes: (bytes) => {
        for (const user of [...line.#users]) for (const tell of [...user.bytes]) tell(bytes);
      },
      onGone: (cause) => line.#tellGone(cause),
    });
    return line;
  }

  get isUsed(): boolean {
    return this.#users.size > 0;
  }

  /** One more who uses it. `release` is called when this one closes it. */
  use(release: () => Promise<void>): SerialLine & { readonly close: () => Promise<void> } {
    const user: User = { bytes: new Set(), gone: new Set() };
    this.#users.add(user);
    return {
      write: async (bytes) => {
        if (this.#gone !== undefined) throw this.#gone;
        await this.#port?.write(Uint8Array.from(bytes)).catch((cause) => {
          throw goneProblem(this.settings.port, cause);
        });
      },
      onBytes(tell) {
        user.bytes.add(tell);
        return () => user.bytes.delete(tell);
      },
      onGone(tell) {
        user.gone.add(tell);
        return () => user.gone.delete(tell);
      },
      close: async () => {
        if (this.#users.delete(user)) await release();
      },
    };
  }

  /** Closes the port, unless it is gone. */
  async close(): Promise<void> {
    if (this.#gone === undefined) await this.#port?.close();
  }

  /** Gives up the port, whose device is not there any more although the port says nothing of it. */
  async lose(): Promise<void> {
    if (this.#gone !== undefined) return;
    this.#tellGone(undefined);
    await this.#port?.close().catch(() => {});
  }

  #tellGone(cause: Error | undefined): void {
    if (this.#gone !== undefined) return;
    const error = goneProblem(this.settings.port, cause);
    this.#gone = error;
    this.#onOver();
    for (const user of [...this.#users]) for (const tell of [...user.gone]) tell(error);
  }
}
