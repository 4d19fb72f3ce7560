/** Writes some of the bytes. Calls `done` with how many were written, or with an error, perhaps before it returns. */
export type WriteSome = (
  bytes: Uint8Array,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

/** How many characters may wait for a slow reader: some thousand lines. */
const mostWaiting = 2 ** 20;
/** How long to wait before writing again to a reader that takes nothing. */
const retryMs = 20;
/** How long the last lines wait for their reader at the end. */
const patienceMs = 500;
const newline = 10;

/**
 * Writes lines to a reader that may be slow or gone, or to a disk that may be full. Whoever logs a line never waits and gets no error,
 * because relays are more important than the log. Lines that cannot be written are dropped and counted.
 */
export class LineOutput {
  readonly #writeSome: WriteSome;
  /** Called when lines are written again, with how many were dropped before. It may log a line about that. */
  readonly #onLost: (lines: number) => void;
  #waiting: string[] = [];
  #waitingSize = 0;
  /** The bytes that are being written. */
  #rest: Uint8Array | undefined;
  #lost = 0;
  /** Whether the last written line has no end, because the rest of it was dropped. */
  #isTorn = false;
  #onIdle: (() => void)[] = [];

  constructor(writeSome: WriteSome, onLost: (lines: number) => void = () => {}) {
    this.#writeSome = writeSome;
    this.#onLost = onLost;
  }

  /** Takes a line, which ends with a newline. */
  write(line: string): void {
    if (this.#waitingSize + line.length > mostWaiting) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingSize += line.length;
    if (this.#rest === undefined) this.#next();
  }

  /** Resolves when no line waits any more, or after half a second. */
  async drained(): Promise<void> {
    if (this.#rest === undefined) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, patienceMs);
      this.#onIdle.push(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  }

  #next(): void {
    if (this.#waiting.length === 0) {
      this.#rest = undefined;
      for (const tell of this.#onIdle.splice(0)) tell();
      return;
    }
    const text = (this.#isTorn ? "\n" : "") + this.#waiting.join("");
    this.#waiting = [];
    this.#waitingSize = 0;
    this.#go(Buffer.from(text));
  }

  #go(bytes: Uint8Array): void {
    this.#rest = bytes;
    this.#writeSome(bytes, (error, written) => {
      // This timer must not keep the program from ending.
      if (error?.code === "EAGAIN") setTimeout(() => this.#go(bytes), retryMs).unref();
      else if (error !== null) this.#lose(bytes);
      else this.#wrote(bytes, written);
    });
  }

  #wrote(bytes: Uint8Array, written: number): void {
    if (written > 0) this.#isTorn = bytes[written - 1] !== newline;
    if (written < bytes.length) {
      this.#go(bytes.subarray(written));
      return;
    }
    if (this.#waiting.length === 0 && this.#lost > 0) {
      const lost = this.#lost;
      this.#lost = 0;
      this.#onLost(lost);
    }
    this.#next();
  }

  #lose(bytes: Uint8Array): void {
    for (const byte of bytes) if (byte === newline) this.#lost += 1;
    this.#next();
  }
}
