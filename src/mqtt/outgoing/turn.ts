import type { Writable } from "node:stream";

/** So many bytes are gathered; more are written at once, also within a turn. */
const mostBytes = 16 * 1024;
/** Fewer bytes are copied faster one by one than by a call. */
const fewBytes = 8;

/**
 * Gathers what is written to a stream in one turn of the event loop, and writes all of it together when the turn ends: the readings of one
 * beat, or the states after many commands. mqtt.js writes each field of a packet by itself, and for each write Node.js makes an object and
 * the system call a piece. That cost more than all else of a message. A turn ends before the process sleeps, so the delay cannot be noticed.
 */
export class Turn {
  readonly #write: (bytes: Uint8Array) => boolean;
  readonly #gathered = Buffer.allocUnsafe(mostBytes);
  #size = 0;
  #tasks: (() => void)[] = [];
  #isOpen = false;

  /** Takes the place of the stream's own `write`. What was written before stays before. */
  constructor(stream: Writable) {
    this.#write = stream.write.bind(stream);
    const end = stream.end.bind(stream) as (...all: unknown[]) => Writable;
    Object.assign(stream, {
      write: (chunk: string | Uint8Array) => {
        this.#gather(chunk);
        return !stream.writableNeedDrain;
      },
      end: (...all: unknown[]) => {
        this.#flush();
        return end(...all);
      },
      // mqtt.js holds back the fields of a packet until it is complete, if the stream can do that. Here that would be done twice.
      cork: undefined,
    });
  }

  /**
   * Call it when bytes have been received and before mqtt.js handles their packets. It handles them one in each tick, and microtasks come
   * after all ticks. So what the packets lead to is written together, and a lone command does not wait for the rest of the event loop.
   */
  received(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    queueMicrotask(() => this.#end());
  }

  /** Runs the task at the end of the turn. What it writes is sent with everything else of the turn. */
  atEnd(task: () => void): void {
    this.#begin();
    this.#tasks.push(task);
  }

  #begin(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    setImmediate(() => this.#end());
  }

  #end(): void {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
    this.#isOpen = false;
    this.#flush();
  }

  #gather(chunk: string | Uint8Array): void {
    this.#begin();
    // A character of a text has three bytes at most, as UTF-8.
    const mostOfIt = typeof chunk === "string" ? chunk.length * 3 : chunk.length;
    if (this.#size + mostOfIt > mostBytes) this.#flush();
    if (mostOfIt > mostBytes) this.#write(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    else if (typeof chunk === "string") this.#size += this.#gathered.write(chunk, this.#size);
    else this.#copy(chunk);
  }

  #copy(bytes: Uint8Array): void {
    if (bytes.length > fewBytes) this.#gathered.set(bytes, this.#size);
    else for (let at = 0; at < bytes.length; at += 1) this.#gathered[this.#size + at] = bytes[at] ?? 0;
    this.#size += bytes.length;
  }

  #flush(): void {
    if (this.#size === 0) return;
    const bytes = Buffer.from(this.#gathered.subarray(0, this.#size));
    this.#size = 0;
    this.#write(bytes);
  }
}
