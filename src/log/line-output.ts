/** Writes some of the bytes, and calls back with how many, or with the error that came instead; maybe before it returns. */
export type WriteSome = (
  bytes: Uint8Array,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

/** So many characters wait for a reader that is slow: some thousand lines. */
const mostWaiting = 2 ** 20;
/** A reader that is away is looked for again after so long. */
const retryMs = 20;
/** What is left at the end waits so long for its reader. */
const patienceMs = 500;
const newline = 10;

/**
 * Lines on their way to somebody who may be slow, asleep or gone, or to a disk that may be full. Whoever writes a line never waits
 * and never fails: a relay is worth more than a line. What cannot be written is lost, and counted.
 */
export class LineOutput {
  readonly #writeSome: WriteSome;
  /** Called once all lines are written again, with how many were lost before; it may write a line about it. */
  readonly #onLost: (lines: number) => void;
  #waiting: string[] = [];
  #waitingSize = 0;
  /** What is being written. */
  #rest: Uint8Array | undefined;
  #lost = 0;
  /** Whether the last line that was written has no end, since the rest of it was lost. */
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

  /** Resolves once nothing waits any more, or after half a second. */
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
      // No reader is worth a program that does not end.
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
